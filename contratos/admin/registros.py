"""What is registered, agreed and succeeded: written by the flows, to be looked up here."""

from typing import Any

from django.contrib import admin

from contratos.models import AcordoBilateral, Aditamento, Cbr, Ccer, Ccg, Sucessao, Suprimento
from portal.admin import Consulta


class DeContrato(Consulta):
    search_fields = ("contrato__numero",)
    search_help_text = "Número do contrato"

    @admin.display(description="contrato", ordering="contrato__numero")
    def numero(self, row: Any) -> str:
        """Without its kind, which would push the other columns out of sight."""
        return str(row.contrato.numero)


@admin.register(AcordoBilateral)
class AcordoBilateralAdmin(DeContrato):
    list_select_related = ("contrato",)
    list_display = ("numero", "tipo", "mes_inicio", "situacao", "registered_at", "validated_at")
    list_filter = ("situacao", "tipo")
    fields = (
        "contrato", "fluxo", "tipo", "mes_inicio", "ano", "montante_mwmed", "situacao", "registered_at", "validated_at",
    )  # fmt: skip


@admin.register(Ccg)
class CcgAdmin(DeContrato):
    list_select_related = ("contrato",)
    list_display = ("numero", "situacao", "tipo_garantia", "banco_gestor", "vale_ate", "celebrated_at", "revoked_at")
    list_filter = ("situacao",)
    fields = (
        "contrato", "fluxo", "situacao", "tipo_garantia", "banco_gestor", "valor", "vale_ate", "substitui",
        "celebrated_at", "revoked_at",
    )  # fmt: skip


@admin.register(Aditamento)
class AditamentoAdmin(DeContrato):
    list_display = ("numero", "signed_at", "eficaz_em", "ccg")
    list_select_related = ("contrato", "ccg__contrato")
    fields = ("contrato", "fluxo", "signed_at", "eficaz_em", "ccg", "equivalente")


@admin.register(Cbr)
class CbrAdmin(DeContrato):
    list_select_related = ("contrato",)
    list_display = ("numero", "subgrupo", "origem", "modulacao", "invalido_em")
    list_filter = ("subgrupo", "origem", "modulacao", ("ato", admin.EmptyFieldListFilter))
    fields = (
        "contrato", "subgrupo", "origem", "modulacao", "mesmo_grupo", "parcela_usina", "ato", "invalido_em",
        "invalido_motivo",
    )  # fmt: skip


@admin.register(Ccer)
class CcerAdmin(DeContrato):
    list_display = ("numero", "unidade", "zerado_desde", "zerado_ate")
    list_select_related = ("contrato", "unidade")
    fields = ("contrato", "unidade", "zerado_desde", "zerado_ate", "inadimplencia")


@admin.register(Suprimento)
class SuprimentoAdmin(DeContrato):
    list_select_related = ("contrato",)
    list_display = ("numero", "mercado_gwh")
    fields = ("contrato", "mercado_gwh")


@admin.register(Sucessao)
class SucessaoAdmin(DeContrato):
    list_display = ("numero", "tipo", "sucedida", "sucessora", "efeito_em", "effected_at")
    list_filter = ("tipo",)
    list_select_related = ("contrato", "sucedida", "sucessora")
    fields = (
        "contrato", "fluxo", "tipo", "sucedida", "sucessora", "efeito_em", "fim", "muda_titularidade", "novo",
        "effected_at",
    )  # fmt: skip
