from django.urls import path, register_converter

from adesao.views import anexos, certificados, empresas, partilha, solicitacao, varias


class CnpjConverter:
    """14 positions: anything else (a NUL, say) is no address at all."""

    regex = "[0-9A-Za-z]{14}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


class ProtocoloConverter(CnpjConverter):
    regex = "PI-[0-9]{4}-[0-9]{6,12}"


register_converter(CnpjConverter, "cnpj")
register_converter(ProtocoloConverter, "protocolo")

app_name = "adesao"
urlpatterns = [
    path("empresas/", empresas.empresas, name="empresas"),
    path("adesao/", empresas.lista, name="lista"),
    path("adesao/conexoes/", empresas.conexoes, name="conexoes"),
    path("adesao/nova/", empresas.nova, name="nova"),
    path("adesao/concluir-varias/", varias.varias, name="varias"),
    path("adesao/concluir-varias/<int:pk>/", varias.lote, name="lote"),
    path("adesao/concluir-varias/<int:pk>/relatorio.csv", varias.relatorio, name="relatorio"),
    path("adesao/<cnpj:cnpj>/", solicitacao.cadastro, name="cadastro"),
    path("adesao/<cnpj:cnpj>/cancelar/", solicitacao.cancelar, name="cancelar"),
    path("adesao/<cnpj:cnpj>/recibos/<protocolo:protocolo>/", solicitacao.recibo, name="recibo"),
    path("adesao/<cnpj:cnpj>/anexos/", anexos.anexar, name="anexar"),
    path("adesao/<cnpj:cnpj>/anexos/<int:pk>/remover/", anexos.remover, name="remover"),
    path("adesao/<cnpj:cnpj>/anexos/<int:pk>/converter/", anexos.converter, name="converter"),
    path("adesao/<cnpj:cnpj>/anexos/<int:pk>/substituir/", anexos.substituir, name="substituir"),
    path("adesao/<cnpj:cnpj>/anexos/<int:pk>/arquivo.cer", anexos.arquivo, name="anexo"),
    path("adesao/<cnpj:cnpj>/anexos/<int:pk>/convertido.cer", anexos.convertido, name="convertido"),
    path("adesao/<cnpj:cnpj>/certificados/<int:pk>/arquivo.cer", certificados.arquivo, name="arquivo"),
    path("adesao/<cnpj:cnpj>/certificados/<int:pk>/outras-empresas/", partilha.empresas, name="partilha"),
]
