"""Operations keep the gateways' destinations, and see those of companies."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal import clock
from portal.admin import Consulta, Manutencao, form_page
from portal.agentes.http import ator_of
from portal.kernel.errors import DomainError
from portal.webhooks import services
from portal.webhooks.forms import DestinoForm
from portal.webhooks.models import Destino, Entrega
from portal.webhooks.paginas import describe


@admin.register(Destino)
class DestinoAdmin(Manutencao):
    list_display = ("nome", "dono", "origem", "situacao", "falhas", "created_at", "removed_at")
    list_filter = ("ativo",)
    list_select_related = ("agente",)
    search_fields = ("nome", "agente__sigla_busca", "agente__cnpj")
    fields = (
        "nome", "dono", "url", "eventos", "situacao", "motivo", "falhas", "pausado_ate", "sal_at", "anterior_ate",
        "created_at", "created_by", "removed_at",
    )  # fmt: skip
    readonly_fields = fields
    actions = ("testar", "ligar", "desligar", "trocar_segredo", "remover")

    @admin.display(description="de quem", ordering="agente__sigla_busca")
    def dono(self, destino: Destino) -> str:
        return str(destino.agente) if destino.agente else "Gateway"

    @admin.display(description="situação")
    def situacao(self, destino: Destino) -> str:
        ficha = describe(destino, now=clock.instant())
        return "Removido" if destino.removed_at else f"{ficha.status}. {ficha.explicacao}"

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Of a gateway. The secret is in this one answer and nowhere else."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = DestinoForm(request.POST if request.method == "POST" else None, gateway=True)
        if form.is_valid():
            try:
                destino, segredo = services.create(None, form.dados(), ator=ator_of(request), now=clock.now())
                return self._secret(request, destino, segredo)
            except DomainError as refusal:
                form.refuse(refusal)
        return form_page(self, request, form, title="Criar destino de webhook de gateway", botao="Criar")

    @admin.action(description="Enviar um teste", permissions=["change"])
    def testar(self, request: HttpRequest, queryset: QuerySet[Destino]) -> None:
        who: dict[str, Any] = {"ator": ator_of(request), "now": clock.now(), "at": clock.instant()}
        self._each(request, queryset, lambda row: services.send_test(row.pk, **who))

    @admin.action(description="Ligar", permissions=["change"])
    def ligar(self, request: HttpRequest, queryset: QuerySet[Destino]) -> None:
        who: dict[str, Any] = {"ator": ator_of(request), "now": clock.now(), "at": clock.instant()}
        self._each(request, queryset, lambda row: services.switch(row.pk, ativo=True, **who))

    @admin.action(description="Desligar (o que está na fila é cancelado)", permissions=["change"])
    def desligar(self, request: HttpRequest, queryset: QuerySet[Destino]) -> None:
        who: dict[str, Any] = {"ator": ator_of(request), "now": clock.now(), "at": clock.instant()}
        self._each(request, queryset, lambda row: services.switch(row.pk, ativo=False, **who))

    @admin.action(description="Remover", permissions=["change"])
    def remover(self, request: HttpRequest, queryset: QuerySet[Destino]) -> None:
        who: dict[str, Any] = {"ator": ator_of(request), "now": clock.now(), "at": clock.instant()}
        self._each(request, queryset, lambda row: services.remove(row.pk, **who))

    @admin.action(description="Trocar o segredo (um destino por vez)", permissions=["change"])
    def trocar_segredo(self, request: HttpRequest, queryset: QuerySet[Destino]) -> HttpResponse | None:
        destino = queryset.get() if queryset.count() == 1 else None
        if destino is None:
            messages.error(request, "Escolha um destino só: o segredo novo é mostrado uma vez.")
            return None
        try:
            segredo = services.rotate(destino.pk, ator=ator_of(request), now=clock.now())
        except DomainError as refusal:
            messages.error(request, refusal.detail)
            return None
        return self._secret(request, destino, segredo)

    def _each(self, request: HttpRequest, rows: QuerySet[Destino], act: Callable[[Destino], object]) -> None:
        """What is a company's own stays its own: the service refuses, in words."""
        done = 0
        for row in rows.order_by("pk"):
            try:
                act(row)
                done += 1
            except DomainError as refusal:
                messages.error(request, f"{row.nome}: {refusal.detail}")
        if done:
            messages.success(request, f"Feito em {done} destino{'' if done == 1 else 's'}.")

    def _secret(self, request: HttpRequest, destino: Destino, segredo: str) -> HttpResponse:
        page = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Segredo do webhook"}
        return render(request, "admin/segredo_de_webhook.html", page | {"destino": destino, "segredo": segredo})


@admin.register(Entrega)
class EntregaAdmin(Consulta):
    list_display = ("evento", "tipo", "destino", "estado", "status", "motivo", "tentativas", "tentada_at", "proxima_at")
    list_filter = ("estado", "tipo")
    list_select_related = ("destino",)
    search_fields = ("evento", "destino__nome", "destino__agente__sigla_busca", "destino__agente__cnpj")
    date_hierarchy = "created_at"
