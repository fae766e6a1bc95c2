from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from contratos import services
from contratos.models import AtoRegulatorio, ExigenciaDoEdital, Indisponibilidade, Leilao
from portal import clock
from portal.admin import DATES, Manutencao, actor


class Cadastro(Manutencao):
    """Written through the service, which keeps what was there before."""

    formfield_overrides = DATES

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        services.save_record(obj, by=actor(request), now=clock.now())


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
