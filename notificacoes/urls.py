from django.urls import path

from notificacoes import views

urlpatterns = [
    path("", views.caixa_de_saida, name="caixa_de_saida"),
    path("<int:pk>/", views.mensagem, name="mensagem"),
]
