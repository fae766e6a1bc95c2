from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from contratos import ccer, services
from contratos.models import Anuncio, AtoRegulatorio, ExigenciaDoEdital, Indisponibilidade, Leilao, UnidadeConsumidora
from portal import clock
from portal.admin import DATES, Manutencao, actor


class Cadastro(Manutencao):
    """Written through the service, which keeps what was there before."""

    formfield_overrides = DATES

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        services.save_record(obj, by=actor(request), now=clock.now())


class SemCcer(admin.SimpleListFilter):
    title, parameter_name = "CCER em vigor", "ccer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("sim", "Sim"), ("nao", "Não (cláusula 3.22)")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(registrada=self.value() == "sim") if self.value() in ("sim", "nao") else queryset


class ExigenciaInline(admin.TabularInline):  # type: ignore[type-arg]  # generic for mypy only
    model = ExigenciaDoEdital
    fields = ("texto", "de_quem", "obrigatoria")
    extra = 0
    can_delete = False


@admin.register(Leilao)
class LeilaoAdmin(Cadastro):
    list_display = ("__str__", "edital", "realizado_em", "homologado_em")
    list_filter = ("tipo",)
    search_fields = ("numero", "edital")
    search_help_text = "Número ou edital"
    fields = (("numero", "tipo"), "edital", ("realizado_em", "homologado_em"), "relatorio_situacao_du")
    inlines = (ExigenciaInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("numero", "tipo") if obj else ()  # reports and documents name it so

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for line in formset.forms:
            if line.has_changed():
                line.instance.leilao = form.instance
                services.save_record(line.instance, by=actor(request), now=clock.now())


@admin.register(AtoRegulatorio)
class AtoRegulatorioAdmin(Cadastro):
    list_display = ("__str__", "published_on", "so_tecnica", "ementa")
    list_filter = ("orgao", "so_tecnica")
    date_hierarchy = "published_on"
    search_fields = ("tipo", "numero", "ementa")
    search_help_text = "Tipo, número ou ementa"
    fields = ("tipo", "numero", "orgao", ("published_on", "decided_on"), "ementa", "so_tecnica")


@admin.register(Indisponibilidade)
class IndisponibilidadeAdmin(Cadastro):
    """Only within one of these may a contract be signed on paper (3.13.1)."""

    list_display = ("chamado", "desde", "ate", "descricao")
    fields = (("desde", "ate"), "chamado", "descricao")


@admin.register(Anuncio)
class AnuncioAdmin(Cadastro):
    """What CCEE announces: windows of seasonalisation, days of the PMO and of the PLD."""

    list_display = ("codigo", "referencia", "leilao", "de", "ate", "comunicado")
    list_select_related = ("leilao",)
    list_filter = ("codigo",)
    date_hierarchy = "referencia"
    fields = (("codigo", "referencia"), "leilao", ("de", "ate"), "comunicado")


@admin.register(UnidadeConsumidora)
class UnidadeConsumidoraAdmin(Cadastro):
    """Each must have its CCER (3.22). Made by the first registration, put right here."""

    list_display = ("codigo", "nome", "consumidor", "distribuidora", "regime", "rede_basica", "tem_ccer")
    list_filter = (SemCcer, "regime", "rede_basica")
    list_select_related = ("consumidor", "distribuidora")
    search_fields = ("codigo", "nome", "consumidor__sigla_busca", "distribuidora__sigla_busca")
    search_help_text = "Código, nome ou sigla"
    autocomplete_fields = ("consumidor", "distribuidora")
    fields = ("codigo", "nome", ("consumidor", "distribuidora"), ("regime", "rede_basica"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[UnidadeConsumidora]:
        return ccer.with_registration(super().get_queryset(request), on=clock.local_date(clock.now()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("codigo",) if obj else ()

    @admin.display(description="CCER em vigor", boolean=True)
    def tem_ccer(self, unidade: Any) -> bool:
        return bool(unidade.registrada)
