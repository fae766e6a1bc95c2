from django.urls import path

from contratos.views import prazos, regras

urlpatterns = [
    path("prazos/", prazos.prazos, name="prazos"),
    path("prazos/prazo.ics", prazos.prazo_ics, name="prazo_ics"),
    path("contratos/regras/", regras.regras, name="regras"),
]
