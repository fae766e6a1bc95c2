from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from contratos import services
from contratos.models import Contrato, Minuta
from portal import clock
from portal.admin import DATES, Manutencao, actor


@admin.register(Contrato)
class ContratoAdmin(Manutencao):
    """Terms. Signature and registration move by the flows and acts on the contract's page, never by hand."""

    formfield_overrides = DATES
    list_display = ("numero", "especie", "leilao", "vendedor", "comprador", "situacao")
    list_filter = ("especie", "assinatura", "registro", "leilao")
    list_select_related = ("leilao", "vendedor", "comprador")
    search_fields = ("numero", "vendedor__sigla_busca", "comprador__sigla_busca", "vendedor__cnpj", "comprador__cnpj")
    search_help_text = "Número do contrato, sigla ou CNPJ de uma das partes"
    autocomplete_fields = ("vendedor", "comprador", "leilao")
    fields = (
        "pagina", ("numero", "especie"), ("leilao", "produto"), ("vendedor", "comprador"), "minuta",
        ("suprimento_inicio", "suprimento_fim"), ("energia_mwh", "montante_mwmed", "preco"), "publicavel",
        "liberacao_garantia_em", ("assinatura", "registro"),
    )  # fmt: skip
    readonly_fields = ("pagina", "assinatura", "registro")

    @admin.display(description="situação")
    def situacao(self, contrato: Contrato) -> str:
        return contrato.situacao

    @admin.display(description="página do contrato")
    def pagina(self, contrato: Contrato) -> str:
        if not contrato.pk:
            return "depois de gravar"
        return format_html('<a href="{}">Andamento e atos</a>', reverse("contratos:contrato", args=[contrato.numero]))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*self.readonly_fields, *(("numero",) if obj else ()))  # documents and ledger hang on it

    def save_model(self, request: HttpRequest, obj: Contrato, form: Any, change: bool) -> None:
        services.save_contract(obj, by=actor(request), now=clock.now())


@admin.register(Minuta)
class MinutaAdmin(Manutencao):
    """A change of text is a new version: what was signed keeps the one it was signed with."""

    list_display = ("titulo", "versao", "especie", "leilao", "anexa_ao_edital", "autorizada_por")
    list_filter = ("especie", "anexa_ao_edital")
    list_select_related = ("leilao", "autorizada_por")
    search_fields = ("titulo",)
    autocomplete_fields = ("leilao", "autorizada_por")
    fields = ("leilao", "especie", "titulo", "texto", "anexa_ao_edital", "autorizada_por")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Minuta, form: Any, change: bool) -> None:
        services.save_text(obj, by=actor(request), now=clock.now(), ato=obj.autorizada_por)
