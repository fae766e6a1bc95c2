from django.urls import path

from portal.gateway import views

urlpatterns = [
    path("adesao/<cnpj:cnpj>/conexao/", views.conexao, name="conexao"),
]
