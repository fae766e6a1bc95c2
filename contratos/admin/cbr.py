"""CBRs: who may be a side of one of subgroup (b), and each version of the amounts."""

from django.contrib import admin

from contratos.admin.cadastros import Cadastro
from contratos.models import Elegivel, PeriodoDoCbr, VersaoDoCbr
from portal.admin import Consulta


@admin.register(Elegivel)
class ElegivelAdmin(Cadastro):
    list_display = ("agente", "papel", "base_legal", "desde", "ate")
    list_filter = ("papel",)
    list_select_related = ("agente",)
    search_fields = ("agente__sigla_busca", "agente__cnpj", "base_legal")
    search_help_text = "Sigla, CNPJ ou base legal"
    autocomplete_fields = ("agente",)
    fields = (("agente", "papel"), "base_legal", ("desde", "ate"))


class PeriodoInline(admin.TabularInline):  # type: ignore[type-arg]  # generic for mypy only
    model = PeriodoDoCbr
    fields = ("inicio", "fim", "montante_mwmed", "maximo_mwh")
    extra = 0
    can_delete = False


@admin.register(VersaoDoCbr)
class VersaoDoCbrAdmin(Consulta):
    list_display = ("__str__", "mes_referencia", "situacao", "sent_at", "validated_at")
    list_filter = ("situacao",)
    list_select_related = ("cbr__contrato",)
    search_fields = ("cbr__contrato__numero",)
    search_help_text = "Número do contrato"
    fields = ("cbr", "numero", "mes_referencia", "situacao", "ato", "sent_at", "validated_at")
    inlines = (PeriodoInline,)
