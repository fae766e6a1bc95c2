from django.contrib import admin

from notificacoes.models import Aviso
from portal.admin import Consulta


@admin.register(Aviso)
class AvisoAdmin(Consulta):
    """The plan, notice by notice. What can be done about one is done on its message."""

    list_display = ("certificado", "agente", "antecedencia", "destinatario", "situacao", "created_at", "envio")
    list_filter = ("situacao", "antecedencia")
    date_hierarchy = "vence_em"
    list_select_related = ("certificado__agente", "destinatario", "envio")
    search_fields = (
        "certificado__agente__sigla_busca", "certificado__agente__cnpj", "certificado__nome_arquivo",
        "destinatario__nome", "destinatario__username",
    )  # fmt: skip
    search_help_text = "Sigla ou CNPJ do agente, arquivo, ou nome da pessoa"
    fields = (
        "certificado", "antecedencia", "destinatario", "vence_em", "situacao", "motivo", "created_at", "settled_at",
        "envio",
    )  # fmt: skip

    @admin.display(description="agente", ordering="certificado__agente__sigla_busca")
    def agente(self, aviso: Aviso) -> str:
        return aviso.certificado.agente.sigla
