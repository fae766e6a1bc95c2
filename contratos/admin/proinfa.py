"""PROINFA: plants and representatives are kept here; quotas, curves and histories are written by the flows."""

from django.contrib import admin
from django.http import HttpRequest

from contratos.admin.cadastros import Cadastro
from contratos.admin.registros import DeContrato
from contratos.models import (
    AnoDoProinfa,
    CotaAnual,
    CotaDoMes,
    CotaDoProinfa,
    CurvaDoProinfa,
    HistoricoDeConsumo,
    MovimentoDeCota,
    RepresentanteDeCotista,
    UsinaDoProinfa,
)
from portal.admin import Consulta


@admin.register(UsinaDoProinfa)
class UsinaDoProinfaAdmin(Cadastro):
    """Hydro plants that may join the MRE (3.64). A change within the year is a request on the ACEP's account (3.65)."""

    list_display = ("codigo", "nome", "garantia_fisica_mwmed")
    search_fields = ("codigo", "nome")
    search_help_text = "Código ou nome"
    fields = ("codigo", "nome", "garantia_fisica_mwmed")

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        return ("codigo", "garantia_fisica_mwmed") if obj else ()


@admin.register(RepresentanteDeCotista)
class RepresentanteDeCotistaAdmin(Cadastro):
    """Whoever acts at CCEE for a facultative quota holder: the contract is registered under it (3.69)."""

    list_display = ("representado", "representante", "desde", "ate")
    list_select_related = ("representado", "representante")
    search_fields = ("representado__sigla_busca", "representante__sigla_busca")
    search_help_text = "Sigla"
    autocomplete_fields = ("representado", "representante")
    fields = (("representado", "representante"), ("desde", "ate"))


@admin.register(HistoricoDeConsumo)
class HistoricoDeConsumoAdmin(Consulta):
    list_display = ("__str__", "declarante", "situacao", "sent_at", "answered_at")
    list_filter = ("situacao",)
    list_select_related = ("unidade", "distribuidora", "declarante")
    search_fields = ("unidade__codigo", "distribuidora__sigla_busca")
    search_help_text = "Código da unidade ou sigla da distribuidora"
    fields = (
        "unidade", "distribuidora", "meses", "declarante", "situacao", "sent_at", "sent_by", "answered_at",
        "answered_by", "motivo",
    )  # fmt: skip


@admin.register(CotaDoProinfa)
class CotaDoProinfaAdmin(DeContrato):
    list_display = ("numero", "unidade", "origem", "parcela", "renunciada_de")
    list_select_related = ("contrato", "unidade", "origem")
    fields = ("contrato", "unidade", "origem", "parcela", "renunciada_de")


@admin.register(CotaDoMes)
class CotaDoMesAdmin(DeContrato):
    list_display = ("numero", "mes", "energia_mwh", "situacao", "made_at", "published_at")
    list_filter = ("situacao", "mes")
    list_select_related = ("contrato",)
    fields = (
        "contrato", "fluxo", "mes", "energia_mwh", "situacao", "calculo", "entrada", "made_at", "made_by",
        "published_at",
    )  # fmt: skip


@admin.register(MovimentoDeCota)
class MovimentoDeCotaAdmin(Consulta):
    list_display = ("mes", "de", "para", "energia_mwh", "clausula", "made_at")
    list_select_related = ("de", "para")
    search_fields = ("de__numero", "para__numero", "unidade__codigo")
    search_help_text = "Número do contrato ou código da unidade"
    fields = ("de", "para", "unidade", "mes", "energia_mwh", "clausula", "made_at", "made_by")


@admin.register(AnoDoProinfa)
class AnoDoProinfaAdmin(Consulta):
    list_display = ("ano", "montante_mwh", "ato", "stated_at")
    fields = ("ano", "montante_mwh", "ato", "usinas", "stated_at", "stated_by")


@admin.register(CotaAnual)
class CotaAnualAdmin(DeContrato):
    list_display = ("numero", "ano", "energia_mwh", "motivo", "versao_da_curva")
    list_filter = ("ano", ("energia_mwh", admin.EmptyFieldListFilter))
    list_select_related = ("contrato",)
    fields = ("contrato", "ano", "energia_mwh", "motivo", "calculo", "entrada", "versao_da_curva", "made_at", "made_by")


@admin.register(CurvaDoProinfa)
class CurvaDoProinfaAdmin(Consulta):
    list_display = ("ano", "versao", "origem", "made_at")
    list_filter = ("origem",)
    list_select_related = ("ano",)
    fields = ("ano", "versao", "origem", "calculo", "entrada", "saida", "made_at", "made_by")
