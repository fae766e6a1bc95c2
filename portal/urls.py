from django.contrib import admin
from django.urls import include, path

from portal import views

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.not_found"
handler429 = "portal.errors.too_many"  # allauth asks for it
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("saude/", views.health, name="saude"),
    path("saude/viva/", views.alive, name="saude_viva"),
    path("manual/", views.manual, name="manual"),
    path("trilha/", views.trilha, name="trilha"),
    path("", include("portal.agentes.urls")),
    path("", include("adesao.urls")),
    path("", include("contratos.urls")),
    path("", include("portal.gateway.urls")),
    path("", include("portal.webhooks.urls")),
    path("certificadoras/", include("portal.icp.urls")),
    path("", include("notificacoes.urls")),
    path("api/v1/", include("portal.api")),
    path("admin/", admin.site.urls),
]
