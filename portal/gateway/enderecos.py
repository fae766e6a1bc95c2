"""Answered by portal.gateway.middleware before any address is looked up; here so that they have names."""

from django.urls import path

from portal.gateway import views

urlpatterns = [
    path("autorizacao/", views.autorizacao, name="autorizacao"),
    path("autorizacao/nginx/", views.nginx, name="autorizacao_nginx"),
]
