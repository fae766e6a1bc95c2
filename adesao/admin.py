from django.contrib import admin

from adesao.models import Lote, Solicitacao
from portal.admin import Consulta, show_json


@admin.register(Solicitacao)
class SolicitacaoAdmin(Consulta):
    """Read only. The password's hash is in no list, field or filter."""

    list_display = ("__str__", "agente", "ator", "opened_at", "closed_at")
    list_filter = ("closed_at",)
    list_select_related = ("agente",)
    search_fields = ("protocolo", "agente__sigla_busca", "agente__cnpj", "ator")
    search_help_text = "Protocolo, sigla, CNPJ ou quem"
    fields = ("protocolo", "agente", "ator", "opened_at", "closed_at", "excluir", "recibo_legivel")

    @admin.display(description="recibo")
    def recibo_legivel(self, solicitacao: Solicitacao) -> str:
        return show_json(solicitacao.recibo)


@admin.register(Lote)
class LoteAdmin(Consulta):
    """What somebody concluded with one gesture; each conclusion is in the ledger by itself."""

    list_display = ("__str__", "aberto_por", "opened_at", "closed_at")
    list_select_related = ("aberto_por",)
    search_fields = ("aberto_por__username", "aberto_por__nome")
    search_help_text = "Quem"
    fields = ("aberto_por", "opened_at", "closed_at", "linhas_legiveis")

    @admin.display(description="linhas")
    def linhas_legiveis(self, lote: Lote) -> str:
        return show_json(lote.linhas)
