from django.urls import path, register_converter

import adesao.urls  # noqa: F401 - registers <cnpj:…>, used below
from notificacoes import views


class SegredoConverter:
    """43 letters and digits of base64: anything else is no address at all."""

    regex = "[0-9A-Za-z_-]{43}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SegredoConverter, "segredo")

CERTIFICADO = "adesao/<cnpj:cnpj>/certificados/<int:pk>/"
OPERACAO = "operacao/certificados/<int:pk>/"

urlpatterns = [
    path("caixa-de-saida/", views.caixa_de_saida, name="caixa_de_saida"),
    path("caixa-de-saida/<int:pk>/", views.mensagem, name="mensagem"),
    path("agenda/", views.agendas, name="agendas"),
    path("agenda/<int:pk>/revogar/", views.revogar_agenda, name="revogar_agenda"),
    path("agenda/<segredo:segredo>.ics", views.feed, name="agenda_ics"),
    path("avisos/dispensa/<str:token>/", views.dispensa, name="dispensa"),
    path("adesao/vencimentos.csv", views.vencimentos, name="vencimentos"),
    path(f"{CERTIFICADO}avisos/", views.prova, name="prova"),
    path(f"{CERTIFICADO}avisos.pdf", views.prova, {"formato": "pdf"}, name="prova_pdf"),
    path(f"{CERTIFICADO}avisos.csv", views.prova, {"formato": "csv"}, name="prova_csv"),
    path("operacao/vencimentos.csv", views.vencimentos_da_operacao, name="vencimentos_da_operacao"),
    path(f"{OPERACAO}avisos/", views.prova_da_operacao, name="prova_da_operacao"),
    path(f"{OPERACAO}avisos.pdf", views.prova_da_operacao, {"formato": "pdf"}, name="prova_da_operacao_pdf"),
    path(f"{OPERACAO}avisos.csv", views.prova_da_operacao, {"formato": "csv"}, name="prova_da_operacao_csv"),
    path("metricas", views.metricas, name="metricas"),
]
