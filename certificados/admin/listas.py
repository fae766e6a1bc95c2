from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from certificados.models import ListaRevogacao
from portal import clock
from portal.admin import Consulta


class Leitura(admin.SimpleListFilter):
    title, parameter_name = "leitura", "leitura"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("falha", "Com falha"), ("vencida", "Vencidas ou nunca lidas")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        wanted = {"falha": ~Q(falha=""), "vencida": _old(clock.now())}.get(self.value() or "")
        return queryset.filter(wanted) if wanted else queryset


def _old(now: datetime) -> Q:
    return Q(next_update=None) | Q(next_update__lt=now)


@admin.register(ListaRevogacao)
class ListaRevogacaoAdmin(Consulta):
    """What the sweep found; `manage.py consultar_lcr` reads them now."""

    list_display = ("emissora", "url", "next_update", "read_at", "falha")
    list_display_links = ("url",)
    list_filter = (Leitura, "emissora")
    search_fields = ("url", "emissora", "emissora_sha256")
    search_help_text = "Endereço, certificadora ou SHA-256 dela"
    fields = (
        "url", "emissora", "emissora_sha256", "numero", "this_update", "next_update", "quantas", "sha256",
        "created_at", "tried_at", "read_at", "falha", "em_uso",
    )  # fmt: skip
    readonly_fields = ("em_uso",)

    @admin.display(description="certificados em uso que a citam")
    def em_uso(self, lista: ListaRevogacao) -> int:
        return lista.pontos.filter(certificado__slot__isnull=False).count()
