from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from notificacoes.models import Tarefa
from notificacoes.selectors.contatos import contacts
from notificacoes.services import operacao
from portal import clock
from portal.admin import Consulta, actor, form_page
from portal.kernel.errors import DomainError


class NotaForm(forms.Form):
    nota = forms.CharField(
        label="O que foi feito", max_length=490, help_text="Com quem falou e o que ficou combinado. Fica na trilha."
    )


class Aberta(admin.SimpleListFilter):
    title, parameter_name = "situação", "situacao"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("concluida", "Concluídas"), ("todas", "Todas")]

    def choices(self, changelist: Any) -> Any:
        """Open ones are what the page is for: they need no choosing."""
        first, *others = super().choices(changelist)
        return [{**first, "display": "Abertas"}, *others]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "todas":
            return queryset
        return queryset.filter(done_at__isnull=self.value() != "concluida")


@admin.register(Tarefa)
class TarefaAdmin(Consulta):
    """What is left for people: mostly telephone calls."""

    list_display = ("motivo", "agente", "certificado", "vence_em", "detalhe", "created_at", "done_at")
    list_display_links = ("motivo",)
    list_filter = (Aberta, "motivo")
    list_select_related = ("agente", "certificado")
    search_fields = ("agente__sigla_busca", "agente__cnpj", "detalhe", "nota")
    search_help_text = "Sigla ou CNPJ do agente, ou palavra do detalhe"
    fields = (
        "motivo", "agente", "certificado", "atividade", "vence_em", "envio", "detalhe", "created_at", "done_at",
        "done_by", "nota",
    )  # fmt: skip
    readonly_fields = ("vence_em",)
    change_form_template = "admin/tarefa.html"

    @admin.display(description="vence em", ordering="certificado__valid_until")
    def vence_em(self, tarefa: Tarefa) -> str:
        return f"{clock.local_date(tarefa.certificado.valid_until):%d/%m/%Y}" if tarefa.certificado else "—"

    def get_urls(self) -> list[URLPattern]:
        conclude = self.admin_site.admin_view(self.conclude)
        return [path("<int:pk>/concluir/", conclude, name="notificacoes_tarefa_concluir"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        tarefa = self.get_object(request, object_id)
        agente = tarefa.agente if tarefa else None
        people = contacts(agente, on=clock.local_date(clock.now())) if agente else []
        extra = {"pode_concluir": request.user.has_perm("notificacoes.change_tarefa"), "contatos": people}
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    def conclude(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("notificacoes.change_tarefa"):
            raise PermissionDenied
        tarefa = get_object_or_404(Tarefa.objects.select_related("agente"), pk=pk)
        form = NotaForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            texto = f"{tarefa} — {tarefa.agente or 'sem empresa'}"
            return form_page(self, request, form, title="Concluir tarefa", botao="Concluir", texto=texto)
        try:
            operacao.close_task(tarefa, nota=form.cleaned_data["nota"], by=actor(request), now=clock.now())
            messages.success(request, "A tarefa foi concluída.")
        except DomainError as error:
            messages.error(request, error.detail)
        return HttpResponseRedirect(reverse("admin:notificacoes_tarefa_changelist"))
