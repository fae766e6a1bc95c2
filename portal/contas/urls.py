from django.urls import path

from portal.contas import views

app_name = "contas"
PAR = "contas/<int:pk>/pares/<int:par>/"
urlpatterns = [
    path("autoridades/", views.autoridades, name="autoridades"),
    path("certificados-do-operador/", views.do_operador, name="do_operador"),
    path("certificados-do-operador/<int:pk>.cer", views.do_operador_cer, name="do_operador_cer"),
    path("contatos/", views.contatos, name="contatos"),
    path("contas/", views.lista, name="lista"),
    path("contas/<int:pk>/", views.conta, name="conta"),
    path("contas/<int:pk>/registrar/", views.registrar, name="registrar"),
    path("contas/<int:pk>/pares/<int:substitui>/renovar/", views.registrar, name="renovar"),
    path(f"{PAR}excluir/", views.remover, name="excluir"),
    path(f"{PAR}assinatura.cer", views.parte, {"uso": "assinatura"}, name="assinatura"),
    path(f"{PAR}cifra.cer", views.parte, {"uso": "cifra"}, name="cifra"),
    path("empresas/nova/", views.nova_empresa, name="nova_empresa"),
    path("empresas/<int:pk>/contas/nova/", views.nova_conta, name="nova_conta"),
    path("api/v1/entrada/", views.entrada, name="entrada"),
]
