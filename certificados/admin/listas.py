from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from certificados.models import ListaRevogacao
from certificados.revogacao import services
from portal import clock
from portal.admin import Consulta, actor
from portal.kernel.errors import DomainError

VARREDURA = timedelta(minutes=5)  # portal.celery's interval
DEPOIS = timedelta(minutes=1)  # for the reading itself
PEDIDA = (
    "Consultas pedidas: {}. A próxima varredura as faz: volte a esta página depois das {:%H:%M} e veja “última "
    "leitura” e “o que falhou”."
)
SEM_USO = "Listas que nenhum certificado em uso cita, e que não serão consultadas: {}."


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
    """What the sweep found. Operations ask for a reading by the next one; `manage.py consultar_lcr` reads them now."""

    list_display = ("emissora", "url", "next_update", "read_at", "falha", "pedida_at")
    list_display_links = ("url",)
    list_filter = (Leitura, "emissora")
    search_fields = ("url", "emissora", "emissora_sha256")
    search_help_text = "Endereço, certificadora ou SHA-256 dela"
    fields = (
        "url", "emissora", "emissora_sha256", "numero", "this_update", "next_update", "quantas", "sha256",
        "created_at", "tried_at", "read_at", "falha", "pedida_at", "em_uso",
    )  # fmt: skip
    readonly_fields = ("em_uso",)
    actions = ("consultar",)

    @admin.display(description="certificados em uso que a citam")
    def em_uso(self, lista: ListaRevogacao) -> int:
        return lista.pontos.filter(certificado__slot__isnull=False).count()

    def has_consulta_permission(self, request: HttpRequest) -> bool:
        """Asked by the framework for actions with the permission "consulta"."""
        return request.user.has_perm("certificados.change_listarevogacao")

    @admin.action(description="Consultar agora (na próxima varredura)", permissions=["consulta"])
    def consultar(self, request: HttpRequest, queryset: QuerySet[ListaRevogacao]) -> None:
        chosen, now = list(queryset.values_list("pk", flat=True)), clock.now()
        try:
            asked = services.ask(chosen, by=actor(request), now=now)
        except DomainError as refusal:
            messages.error(request, refusal.detail)
            return
        if asked:
            messages.success(request, PEDIDA.format(asked, clock.local(now + VARREDURA + DEPOIS)))
        if asked < len(chosen):
            messages.warning(request, SEM_USO.format(len(chosen) - asked))
