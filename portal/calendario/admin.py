from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.timezone import localtime

from portal import clock
from portal.admin import DATES, Manutencao, actor
from portal.calendario import selectors, services
from portal.calendario.models import Facultativo, Feriado
from portal.frases import details


def _in_words(dados: dict[str, Any]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in details(dados) if name != "data")


@admin.register(Feriado)
class FeriadoAdmin(Manutencao):
    """Days are added, renamed and marked as business days after all; none is removed."""

    list_display = ("data", "semana", "nome", "dia_util", "origem", "quem", "at")
    list_filter = ("origem", "dia_util")
    date_hierarchy = "data"
    search_fields = ("nome",)
    formfield_overrides = DATES
    fields = ("data", "nome", "dia_util", "origem", "quem", "at", "historico")

    @admin.display(description="dia da semana", ordering="data")
    def semana(self, feriado: Feriado) -> str:
        return date_format(feriado.data, "l")

    @admin.display(description="histórico")
    def historico(self, feriado: Feriado) -> str:
        rows = [
            (f"{localtime(evento.at):%d/%m/%Y %H:%M}", evento.ator, _in_words(evento.dados))
            for evento in (selectors.history(feriado.data) if feriado.pk else ())
        ]
        return format_html_join("", "<p>{} — {}<br>{}</p>", rows) or "Como veio da lista do portal."

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("origem", "quem", "at", "historico", *(("data",) if obj else ()))

    def save_model(self, request: HttpRequest, obj: Feriado, form: Any, change: bool) -> None:
        services.save_feriado(obj, by=actor(request), now=clock.now())


@admin.register(Facultativo)
class FacultativoAdmin(Manutencao):
    """The switches are there from the start; operations throw them."""

    list_display = ("__str__", "dia_util", "quem", "at")
    fields = ("dia_util", "quem", "at")
    readonly_fields = ("quem", "at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Facultativo, form: Any, change: bool) -> None:
        days = services.save_facultativo(obj, by=actor(request), now=clock.now())
        if days:
            messages.info(request, f"Dias que mudaram: {len(days)}, o primeiro em {min(days):%d/%m/%Y}.")
