from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from portal import clock
from portal.admin import Manutencao, actor, form_page, url_of
from portal.icp import services
from portal.icp.models import AutoridadeCertificadora
from portal.icp.services import Importacao
from portal.kernel.errors import DomainError

MANY = 10  # sentences shown; a ZIP of everything has hundreds


class ArquivoForm(forms.Form):
    arquivo = forms.FileField(label="Arquivo", help_text="PEM, DER ou P7B de até 64 KiB. Um ZIP maior: importar_acs.")
    raiz = forms.BooleanField(
        label="Aceitar também as raízes do arquivo",
        required=False,
        help_text="Só depois de conferir o SHA-256 com quem publica a raiz.",
    )


class MotivoForm(forms.Form):
    motivo = forms.CharField(label="Motivo", max_length=200, help_text="Fica na trilha de auditoria.")


@admin.register(AutoridadeCertificadora)
class AutoridadeAdmin(Manutencao):
    list_display = ("nome", "emissor", "raiz", "ativa", "valid_until", "origem")
    list_filter = ("raiz", "ativa", "origem")
    search_fields = ("nome", "emissor", "sha256")
    fields = (
        "nome", "emissor", "raiz", "ativa", "sha256", "valid_from", "valid_until",
        "origem", "included_at", "included_by",
    )  # fmt: skip
    readonly_fields = fields
    change_form_template = "admin/autoridade.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.acceptance)
        return [path("<int:pk>/aceitacao/", view, name="icp_autoridadecertificadora_aceitacao"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ArquivoForm(request.POST, request.FILES) if request.method == "POST" else ArquivoForm()
        if not form.is_valid():
            return form_page(self, request, form, title="Incluir certificadoras", botao="Conferir e incluir")
        upload = form.cleaned_data["arquivo"]
        result = services.import_file(
            upload.content, upload.name, raiz=form.cleaned_data["raiz"], by=actor(request), now=clock.now()
        )
        self._tell(request, result)
        return HttpResponseRedirect(reverse("admin:icp_autoridadecertificadora_changelist"))

    def _tell(self, request: HttpRequest, result: Importacao) -> None:
        counts = f"{len(result.incluidas)} incluídas, {len(result.repetidas)} já estavam."
        (messages.success if result.ok else messages.warning)(request, counts)
        for text in [*result.recusadas, *result.problemas][:MANY]:
            messages.error(request, text)

    def acceptance(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Stop accepting, or accept again."""
        row = get_object_or_404(AutoridadeCertificadora, pk=pk)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        form = MotivoForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            verb = "Deixar de aceitar" if row.ativa else "Voltar a aceitar"
            return form_page(self, request, form, title=f"{verb}: {row.nome}", botao=verb)
        try:
            services.set_accepted(
                row, ativa=not row.ativa, motivo=form.cleaned_data["motivo"], by=actor(request), now=clock.now()
            )
        except DomainError as error:
            messages.error(request, error.detail)
        return HttpResponseRedirect(url_of(row))
