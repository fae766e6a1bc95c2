from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.formats import date_format

from portal import clock
from portal.admin import DATES, Manutencao, actor
from portal.calendario import services
from portal.calendario.models import Feriado


@admin.register(Feriado)
class FeriadoAdmin(Manutencao):
    """Days are added, renamed and marked as business days after all; none is removed."""

    list_display = ("data", "semana", "nome", "dia_util", "origem", "quem", "at")
    list_filter = ("origem", "dia_util")
    date_hierarchy = "data"
    search_fields = ("nome",)
    formfield_overrides = DATES
    fields = ("data", "nome", "dia_util", "origem", "quem", "at")

    @admin.display(description="dia da semana", ordering="data")
    def semana(self, feriado: Feriado) -> str:
        return date_format(feriado.data, "l")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("origem", "quem", "at", *(("data",) if obj else ()))

    def save_model(self, request: HttpRequest, obj: Feriado, form: Any, change: bool) -> None:
        services.save_feriado(obj, by=actor(request), now=clock.now())
