from django.contrib import admin

from notificacoes.models import Lembrete
from portal.admin import Consulta


@admin.register(Lembrete)
class LembreteAdmin(Consulta):
    """The plan for activities of contracts, notice by notice. What can be done about one is done on its message."""

    list_display = ("contrato", "atividade", "momento", "vence_em", "destinatario", "situacao", "created_at", "envio")
    list_display_links = ("atividade",)
    list_filter = ("situacao", "momento")
    date_hierarchy = "created_at"
    list_select_related = ("atividade__fluxo__contrato", "destinatario", "envio")
    search_fields = (
        "atividade__fluxo__contrato__numero", "atividade__nome", "destinatario__nome", "destinatario__username",
    )  # fmt: skip
    search_help_text = "Número do contrato, nome da atividade ou da pessoa"
    fields = (
        "contrato", "atividade", "momento", "destinatario", "vence_em", "situacao", "motivo", "created_at",
        "settled_at", "envio",
    )  # fmt: skip
    readonly_fields = ("contrato",)

    @admin.display(description="contrato", ordering="atividade__fluxo__contrato__numero")
    def contrato(self, lembrete: Lembrete) -> str:
        return lembrete.atividade.fluxo.contrato.numero
