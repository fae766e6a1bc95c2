"""Modulation: the power of each contract, which CCEE states; months by the hour and shares, to be looked up."""

from django.contrib import admin

from contratos.admin.cadastros import Cadastro
from contratos.admin.registros import DeContrato
from contratos.models import Modulacao, PercentualDoAcl, PotenciaDoContrato


@admin.register(PotenciaDoContrato)
class PotenciaDoContratoAdmin(Cadastro):
    """What limits each hour of an adjustment contract (3.60, 3.62)."""

    list_display = ("contrato", "associada_mw", "minima_mw", "maxima_mw")
    list_select_related = ("contrato",)
    search_fields = ("contrato__numero",)
    search_help_text = "Número do contrato"
    autocomplete_fields = ("contrato",)
    fields = ("contrato", "associada_mw", ("minima_mw", "maxima_mw"))


@admin.register(Modulacao)
class ModulacaoAdmin(DeContrato):
    """Without its hours: the page of the month shows them."""

    list_display = ("numero", "mes", "origem", "situacao", "sent_at", "final_at")
    list_filter = ("situacao", "origem")
    list_select_related = ("contrato",)
    date_hierarchy = "mes"
    fields = ("contrato", "mes", "fluxo", "origem", "calculo", "situacao", "entrada", "sent_at", "sent_by", "final_at")


@admin.register(PercentualDoAcl)
class PercentualDoAclAdmin(DeContrato):
    list_display = ("numero", "mes", "percentual", "informed_at", "informed_by")
    list_select_related = ("contrato",)
    date_hierarchy = "mes"
    fields = ("contrato", "mes", "percentual", "fluxo", "informed_at", "informed_by")
