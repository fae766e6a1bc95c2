"""The rule of an auction, the load that distributors declared, and what the years and runs came to."""

from typing import Any

from django import forms
from django.contrib import admin

from contratos.admin.cadastros import Cadastro
from contratos.admin.registros import DeContrato
from contratos.models import (
    DisponibilidadeDeclarada,
    Inflexibilidade,
    PerfilDeCarga,
    RegraDeSazonalizacao,
    Rodada,
    Sazonalizacao,
)
from portal.admin import Consulta


@admin.register(RegraDeSazonalizacao)
class RegraDeSazonalizacaoAdmin(Cadastro):
    """Without one, a contract follows the rule of its kind."""

    list_display = ("leilao", "produto", "regra")
    list_filter = ("regra",)
    list_select_related = ("leilao",)
    fields = (("leilao", "produto"), "regra")


class DozeForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """Twelve numbers, one a line, as they come from SIMPLES."""

    valores = forms.CharField(
        label="valores",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Doze números, um por linha, de janeiro a dezembro, com vírgula decimal e sem ponto de milhar.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance.valores or []
        self.initial["valores"] = "\n".join(each.replace(".", ",") for each in held)

    def clean_valores(self) -> list[str]:
        return [line.strip().replace(",", ".") for line in self.cleaned_data["valores"].split() if line.strip()]


@admin.register(PerfilDeCarga)
class PerfilDeCargaAdmin(Cadastro):
    form = DozeForm
    list_display = ("agente", "ano", "unidade", "fonte")
    list_filter = ("ano",)
    list_select_related = ("agente",)
    search_fields = ("agente__sigla_busca",)
    search_help_text = "Sigla da distribuidora"
    autocomplete_fields = ("agente",)
    fields = (("agente", "ano"), ("unidade", "fonte"), "valores")

    def get_readonly_fields(self, request: Any, obj: Any = None) -> tuple[str, ...]:
        return ("agente", "ano") if obj else ()


@admin.register(DisponibilidadeDeclarada)
class DisponibilidadeDeclaradaAdmin(Cadastro):
    """Of annex I. What the seller declares after a change of the plant comes by its own procedure (3.51.3)."""

    form = DozeForm
    list_display = ("outorga", "produto", "desde_ano", "alteracao")
    list_filter = ("desde_ano",)
    list_select_related = ("outorga",)
    fields = (("outorga", "produto"), ("desde_ano", "unidade"), "valores", "alteracao")

    def get_readonly_fields(self, request: Any, obj: Any = None) -> tuple[str, ...]:
        return ("outorga", "produto", "desde_ano") if obj else ()


@admin.register(Inflexibilidade)
class InflexibilidadeAdmin(DeContrato):
    list_select_related = ("contrato",)
    list_display = ("numero", "ano", "cvu", "informed_at")
    list_filter = ("ano",)
    fields = ("contrato", "ano", "cvu", "meses", "informed_at")


@admin.register(Sazonalizacao)
class SazonalizacaoAdmin(DeContrato):
    list_select_related = ("contrato",)
    list_display = ("numero", "ano", "origem", "situacao", "sent_at", "final_at")
    list_filter = ("situacao", "origem", "ano")
    fields = (
        "contrato", "ano", "fluxo", "origem", "calculo", "situacao", "entrada", "saida",
        ("sent_at", "sent_by"), "final_at",
    )  # fmt: skip


@admin.register(Rodada)
class RodadaAdmin(Consulta):
    list_display = ("codigo", "ano", "feitos", "total", "started_at", "finished_at")
    list_filter = ("codigo", "ano")
    fields = (
        ("codigo", "ano"), ("feitos", "total"), "pendentes", ("started_at", "started_by"), "finished_at",
    )  # fmt: skip
