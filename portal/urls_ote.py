"""The addresses of PERFIL=ote: no contract of Submódulo 3.2, no adesão, none of their APIs."""

from django.contrib import admin
from django.urls import include, path

from notificacoes import views as notificacoes
from portal import views
from portal.contas.views import idioma, inicio

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.not_found"
handler429 = "portal.errors.too_many"
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("", inicio, name="home"),
    path("idioma/", idioma, name="set_language"),
    path("saude/", views.health, name="saude"),
    path("saude/viva/", views.alive, name="saude_viva"),
    path("metricas", notificacoes.metricas, name="metricas"),
    path("caixa-de-saida/", notificacoes.caixa_de_saida, name="caixa_de_saida"),
    path("caixa-de-saida/<int:pk>/", notificacoes.mensagem, name="mensagem"),
    path("", include("portal.agentes.urls")),
    path("", include("portal.contas.urls")),
    path("admin/", admin.site.urls),
]
