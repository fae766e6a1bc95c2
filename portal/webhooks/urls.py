from django.urls import path

from portal.webhooks import views

DESTINO = "adesao/<cnpj:cnpj>/webhooks/<int:pk>/"
urlpatterns = [
    path("adesao/<cnpj:cnpj>/webhooks/", views.lista, name="webhooks"),
    path(DESTINO, views.destino, name="webhook"),
    path(DESTINO + "segredo/", views.segredo, name="webhook_segredo"),
    path(DESTINO + "testar/", views.testar, name="webhook_testar"),
    path(DESTINO + "ligar/", views.ligar, name="webhook_ligar"),
    path(DESTINO + "desligar/", views.desligar, name="webhook_desligar"),
    path(DESTINO + "remover/", views.remover, name="webhook_remover"),
    path(DESTINO + "entregas/<int:entrega>/reenviar/", views.reenviar, name="webhook_reenviar"),
]
