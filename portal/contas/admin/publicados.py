"""The two lists that the operator publishes: a file brings a row, a tick takes it out of force."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock
from portal.admin import Manutencao, actor, form_page, url_of
from portal.contas import services
from portal.contas.models import AutoridadePermitida, CertificadoDoOperador, Publicado
from portal.kernel.errors import DomainError


class ArquivoForm(forms.Form):
    arquivo = forms.FileField(label=gettext_lazy("Certificado (.cer, .crt ou .pem)"))


class AutoridadeForm(ArquivoForm):
    site = forms.URLField(label=gettext_lazy("Página da autoridade"), required=False, assume_scheme="https")


class DoOperadorForm(ArquivoForm):
    uso = forms.CharField(label=gettext_lazy("Para que serve"), max_length=200)


class PublicadoAdmin(Manutencao):
    list_filter = ("ativo",)
    search_fields = ("nome", "sha256")
    form_class: type[ArquivoForm]
    include: Callable[..., Publicado]
    dados = ("nome", "sha256", "valid_from", "valid_until", "included_at", "included_by")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("ativo", *self.get_readonly_fields(request, obj))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.form_class(request.POST, request.FILES) if request.method == "POST" else self.form_class()
        if not form.is_valid():
            return form_page(self, request, form, title=_("Incluir um certificado"), botao=_("Conferir e incluir"))
        try:
            row = self.include(form.cleaned_data, by=actor(request))
        except DomainError as error:
            messages.error(request, error.detail)
            return HttpResponseRedirect(request.get_full_path())
        return HttpResponseRedirect(url_of(row))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        stored, wanted = type(obj)._default_manager.get(pk=obj.pk), obj.ativo
        services.set_in_force(stored, ativo=wanted, by=actor(request), now=clock.now())


@admin.register(AutoridadePermitida)
class AutoridadeAdmin(PublicadoAdmin):
    list_display = ("nome", "ativo", "valid_until", "site")
    readonly_fields = (*PublicadoAdmin.dados, "site")
    form_class = AutoridadeForm

    def include(self, typed: dict[str, Any], *, by: str) -> Publicado:
        return services.include_authority(typed["arquivo"].content, site=typed["site"], by=by, now=clock.now())


@admin.register(CertificadoDoOperador)
class CertificadoDoOperadorAdmin(PublicadoAdmin):
    list_display = ("nome", "uso", "ativo", "valid_until")
    readonly_fields = (*PublicadoAdmin.dados, "uso")
    form_class = DoOperadorForm

    def include(self, typed: dict[str, Any], *, by: str) -> Publicado:
        return services.include_own(typed["arquivo"].content, uso=typed["uso"], by=by, now=clock.now())
