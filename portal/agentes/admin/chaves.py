from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal import clock
from portal.admin import Manutencao, actor, form_page
from portal.agentes import services
from portal.agentes.models import Agente, ChaveDeMaquina, Escopo
from portal.kernel.cnpj import CnpjInvalido, mask, normalise

AVISO_DIAS = 30  # from then on a key is marked: its successor has to be issued


class ChaveForm(forms.Form):
    nome = forms.CharField(label="Nome", max_length=79, help_text="O sistema que vai usar a chave.")
    escopo = forms.ChoiceField(label="Escopo", choices=Escopo.choices)
    cnpj = forms.CharField(label="CNPJ do agente", required=False, help_text="Só para o escopo de agente.")
    dias = forms.IntegerField(
        label="Validade, em dias",
        initial=services.KEY_DAYS,
        min_value=1,
        max_value=services.MOST_DAYS,
        help_text=f"No máximo {services.MOST_DAYS}. Depois disso, emita outra: as duas podem valer ao mesmo tempo.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        of_agente = data.get("escopo") == Escopo.AGENTE
        if of_agente != bool(data.get("cnpj")):
            self.add_error("cnpj", "Informe o CNPJ do agente." if of_agente else "O escopo de gateway não tem agente.")
        return data | {"agente": self._agente(data["cnpj"]) if data.get("cnpj") and of_agente else None}

    def _agente(self, text: str) -> Agente | None:
        try:
            cnpj = normalise(text)
        except CnpjInvalido as error:
            self.add_error("cnpj", error.detail)
            return None
        found = Agente.objects.filter(cnpj=cnpj).first()
        if found is None:
            self.add_error("cnpj", f"Não há agente com o CNPJ {mask(cnpj)}.")
        return found


def situacao_of(chave: ChaveDeMaquina, *, now: datetime) -> str:
    if chave.revoked_at:
        return "Revogada"
    if chave.expires_at <= now:
        return "Vencida"
    days = (clock.local_date(chave.expires_at) - clock.local_date(now)).days
    if days > AVISO_DIAS:
        return "Em vigor"
    return f"⚠ Vence em {days} dia{'' if days == 1 else 's'}" if days else "⚠ Vence hoje"


@admin.register(ChaveDeMaquina)
class ChaveAdmin(Manutencao):
    list_display = ("nome", "escopo", "agente", "situacao", "created_at", "expires_at", "revoked_at", "last_used_at")
    list_filter = ("escopo", "revoked_at")
    list_select_related = ("agente",)
    search_fields = ("nome", "agente__sigla_busca", "agente__cnpj")
    fields = ("nome", "escopo", "agente", "situacao", "created_at", "expires_at", "revoked_at", "last_used_at")
    readonly_fields = fields
    actions = ("revogar",)

    @admin.display(description="situação", ordering="expires_at")
    def situacao(self, chave: ChaveDeMaquina) -> str:
        return situacao_of(chave, now=clock.now())

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The key is in this one answer and nowhere else."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ChaveForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return form_page(self, request, form, title="Emitir chave de máquina", botao="Emitir")
        key = services.issue_key(
            form.cleaned_data["nome"],
            escopo=Escopo(form.cleaned_data["escopo"]),
            agente=form.cleaned_data["agente"],
            dias=form.cleaned_data["dias"],
            by=actor(request),
            now=clock.now(),
        )
        page = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Chave emitida", "chave": key}
        return render(request, "admin/chave_emitida.html", page)

    @admin.action(description="Revogar (a chave deixa de funcionar agora)", permissions=["change"])
    def revogar(self, request: HttpRequest, queryset: QuerySet[ChaveDeMaquina]) -> HttpResponse | None:
        """What each of them is, first: a system stops working with it."""
        chaves = list(queryset.filter(revoked_at=None).select_related("agente"))
        if chaves and "confirmado" not in request.POST:
            page = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Revogar chaves de máquina"}
            shown = [(chave, situacao_of(chave, now=clock.now())) for chave in chaves]
            return render(request, "admin/revogar_chaves.html", page | {"chaves": shown})
        for chave in chaves:
            services.revoke_key(chave, by=actor(request), now=clock.now())
        messages.success(request, f"Chaves revogadas: {len(chaves)}.")
        return None
