from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path

from certificados import services
from certificados.models import Certificado
from portal import clock
from portal.admin import Consulta, actor, form_page, url_of
from portal.kernel.errors import DomainError

DADOS = (
    "agente", "nome_arquivo", "titular", "emissor", "certificadora", "versao", "numero_serie", "sha256", "cnpj",
    "valid_from", "valid_until", "politica",
)  # fmt: skip
VIDA = ("slot", "included_at", "included_by", "removed_at", "removed_by", "motivo")


class MotivoForm(forms.Form):
    motivo = forms.CharField(label="Motivo", max_length=200, help_text="Aparece para o agente e fica na trilha.")


class EmServico(admin.SimpleListFilter):
    title, parameter_name = "em uso", "uso"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("sim", "Em uso"), ("nao", "Excluídos")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        wanted = {"sim": False, "nao": True}.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(slot__isnull=wanted)


@admin.register(Certificado)
class CertificadoAdmin(Consulta):
    """Seen, downloaded, taken out with a reason. Putting one in service is the representative's act."""

    list_display = ("nome_arquivo", "agente", "certificadora", "valid_until", "em_uso", "included_by")
    list_filter = (EmServico, "politica")
    date_hierarchy = "valid_until"
    list_select_related = ("agente",)
    search_fields = ("nome_arquivo", "titular", "sha256", "agente__sigla_busca", "agente__cnpj")
    search_help_text = "Arquivo, titular, SHA-256, sigla ou CNPJ do agente"
    fieldsets = ((None, {"fields": DADOS}), ("Uso", {"fields": VIDA}))
    change_form_template = "admin/certificado.html"
    change_list_template = "admin/certificados/lista.html"

    @admin.display(description="em uso", boolean=True)
    def em_uso(self, certificado: Certificado) -> bool:
        return certificado.slot is not None

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/arquivo.cer", wrap(self.download), name="certificados_certificado_arquivo"),
            path("<int:pk>/excluir/", wrap(self.take_out), name="certificados_certificado_excluir"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        extra = {"pode_excluir": self._may_take_out(request)} | (extra_context or {})
        return super().change_view(request, object_id, form_url, extra)

    def _may_take_out(self, request: HttpRequest) -> bool:
        return request.user.has_perm("certificados.change_certificado")

    def download(self, request: HttpRequest, pk: int) -> HttpResponse:
        certificado = get_object_or_404(Certificado.objects.select_related("arquivo", "agente"), pk=pk)
        if not self.has_view_permission(request, certificado):
            raise PermissionDenied
        services.record_download(certificado, by=actor(request), now=clock.now())
        headers = {"Content-Disposition": f'attachment; filename="{certificado.sha256[:16]}.cer"'}
        return HttpResponse(bytes(certificado.arquivo.der), content_type="application/pkix-cert", headers=headers)

    def take_out(self, request: HttpRequest, pk: int) -> HttpResponse:
        certificado = get_object_or_404(Certificado.objects.select_related("agente"), pk=pk)
        if not self._may_take_out(request):
            raise PermissionDenied
        form = MotivoForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            text = f"{certificado.titular}, de {certificado.agente}. O agente deixa de se conectar com ele agora."
            return form_page(self, request, form, title="Excluir certificado", botao="Excluir", texto=text)
        try:
            services.remove(certificado, by=actor(request), now=clock.now(), motivo=form.cleaned_data["motivo"])
            messages.success(request, "O certificado foi excluído.")
        except DomainError as error:
            messages.error(request, error.detail)
        return HttpResponseRedirect(url_of(certificado))
