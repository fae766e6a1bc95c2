from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.timesince import timesince

from notificacoes.admin.politicas import AvisoDePolitica
from notificacoes.models import Aviso, Envio, Estado, Lembrete
from notificacoes.models.envio import ABERTOS
from notificacoes.services import operacao
from portal import clock
from portal.admin import Consulta, actor, form_page, url_of
from portal.agentes.models import Usuario
from portal.kernel.errors import DomainError

MENSAGEM = ("tipo", "destinatario", "endereco", "message_id", "corpo_sha256")
ENTREGA = (
    "estado", "motivo", "created_at", "sent_at", "smtp_codigo", "smtp_resposta", "devolvida_at", "devolucao",
)  # fmt: skip
TENTATIVAS = ("tentativas", "quedas", "repeticoes", "tentada_at", "proxima_at")
TROUBLE = Q(estado__in=(Estado.MORTA, Estado.EM_DUVIDA)) | Q(devolvida_at__isnull=False)


class EnderecoForm(forms.Form):
    email = forms.EmailField(
        label="Novo e-mail", help_text="Passa a ser o endereço da pessoa em todo o portal; a mensagem volta à fila."
    )

    def __init__(self, *args: Any, usuario: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usuario = usuario

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        if Usuario.objects.exclude(pk=self.usuario.pk).filter(email__iexact=email).exists():
            raise forms.ValidationError("Outra pessoa já usa este e-mail.")
        return email


class TelefonemaForm(forms.Form):
    nome = forms.CharField(label="Com quem falou", max_length=80)
    nota = forms.CharField(label="O que ficou combinado", max_length=100, required=False)


class Atencao(admin.SimpleListFilter):
    title, parameter_name = "o que ver", "ver"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("atencao", "Precisa de atenção"), ("fila", "Na fila")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        wanted = {"atencao": TROUBLE, "fila": Q(estado__in=ABERTOS)}.get(self.value() or "")
        return queryset.filter(wanted) if wanted else queryset


@admin.register(Envio)
class EnvioAdmin(AvisoDePolitica, Consulta):
    """The queue of mails: how old, in what state, and what can be done about those that did not arrive."""

    list_display = ("__str__", "pessoa", "idade", "estado", "tentativas", "proxima_at", "resposta", "devolvida_at")
    list_filter = (Atencao, "estado", "tipo")
    list_select_related = ("destinatario",)
    search_fields = ("message_id", "endereco", "destinatario__nome", "destinatario__username", "destinatario__email")
    search_help_text = "Message-ID, endereço ou nome da pessoa"
    fieldsets = ((None, {"fields": MENSAGEM}), ("Entrega", {"fields": ENTREGA}), ("Tentativas", {"fields": TENTATIVAS}))
    change_form_template = "admin/envio.html"
    actions = ("reenviar",)

    @admin.display(description="para", ordering="destinatario__nome")
    def pessoa(self, envio: Envio) -> str:
        return envio.destinatario.nome

    @admin.display(description="idade", ordering="created_at")
    def idade(self, envio: Envio) -> str:
        return timesince(envio.created_at, clock.now(), depth=1) if envio.estado in ABERTOS else "—"

    @admin.display(description="motivo ou resposta")
    def resposta(self, envio: Envio) -> str:
        return (envio.motivo or envio.smtp_resposta)[:80]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/endereco/", wrap(self.correct_address), name="notificacoes_envio_endereco"),
            path("<int:pk>/telefone/", wrap(self.told_by_phone), name="notificacoes_envio_telefone"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        avisos = Aviso.objects.filter(envio_id=object_id if object_id.isdecimal() else 0)
        extra = {
            "pode_agir": self._may_act(request),
            "avisos": avisos.select_related("certificado__agente").order_by("vence_em"),
            "lembretes": Lembrete.objects.filter(envio_id=object_id if object_id.isdecimal() else 0)
            .select_related("atividade__fluxo__contrato")
            .order_by("vence_em", "pk"),
        }
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    def has_acao_permission(self, request: HttpRequest) -> bool:
        """Asked by the framework for actions with the permission "acao"."""
        return self._may_act(request)

    def _may_act(self, request: HttpRequest) -> bool:
        return request.user.has_perm("notificacoes.change_envio")

    @admin.action(description="Reenviar (volta à fila agora)", permissions=["acao"])
    def reenviar(self, request: HttpRequest, queryset: QuerySet[Envio]) -> None:
        again = 0
        for envio in queryset.select_related("destinatario"):
            try:
                operacao.resend(envio, by=actor(request), now=clock.now())
                again += 1
            except DomainError as error:
                messages.warning(request, f"{envio}: {error.detail}")
        if again:
            messages.success(request, f"De volta à fila: {again}. A próxima varredura tenta enviar em até um minuto.")

    def correct_address(self, request: HttpRequest, pk: int) -> HttpResponse:
        envio = self._get(request, pk)
        if envio.destinatario.is_staff:
            raise PermissionDenied  # whoever changes an address can take the account over
        form = EnderecoForm(request.POST if request.method == "POST" else None, usuario=envio.destinatario)
        if not form.is_valid():
            texto = f"{envio.destinatario.nome}, hoje em {envio.destinatario.email}. Confirme antes por telefone."
            return form_page(self, request, form, title="Corrigir endereço", botao="Corrigir e reenviar", texto=texto)
        act = partial(operacao.correct_address, envio, form.cleaned_data["email"])
        return self._do(request, envio, act, done="Endereço corrigido; a mensagem voltou à fila.")

    def told_by_phone(self, request: HttpRequest, pk: int) -> HttpResponse:
        envio = self._get(request, pk)
        form = TelefonemaForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            texto = f"{envio} ({envio.destinatario.nome}). A mensagem sai da fila, e fica registrado quem avisou quem."
            return form_page(self, request, form, title="Avisado por telefone", botao="Registrar", texto=texto)
        act = partial(operacao.told_by_phone, envio, **form.cleaned_data)
        return self._do(request, envio, act, done="Ficou registrado que o aviso foi dado por telefone.")

    def _get(self, request: HttpRequest, pk: int) -> Envio:
        if not self._may_act(request):
            raise PermissionDenied
        return get_object_or_404(Envio.objects.select_related("destinatario"), pk=pk)

    def _do(self, request: HttpRequest, envio: Envio, act: Callable[..., None], *, done: str) -> HttpResponse:
        try:
            act(by=actor(request), now=clock.now())
            messages.success(request, done)
        except DomainError as error:
            messages.error(request, error.detail)
        return HttpResponseRedirect(url_of(envio))
