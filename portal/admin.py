"""Django's admin under our name and rules; signing in is the portal's, with its second factor and rate limits."""

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import error
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from portal import clock
from portal.kernel.errors import DomainError

if TYPE_CHECKING:
    AnyModelAdmin = ModelAdmin[Any]
else:
    AnyModelAdmin = ModelAdmin  # generic for mypy only

OURS = ("portal.", "adesao.", "certificados.", "contratos.", "notificacoes.")
# The browser's own calendar: Django's talks of the server's hours, and has no label.
DATES: Any = {models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}}
LOST_RACE = "Outra pessoa gravou a mesma coisa ao mesmo tempo. Nada foi alterado: confira e tente de novo."


class PortalAdminSite(AdminSite):
    site_header = f"Operação — {settings.MERCADO.produto}"
    site_title = "Operação"
    index_title = "O que você quer fazer?"
    site_url = None  # the start page sends operations back here
    enable_nav_sidebar = True

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Ours alone: the packages' own pages show second factors and tokens, and write past the ledger."""
        models_given = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        ours = [model for model in models_given if f"{model.__module__}.".startswith(OURS) and _is_of_market(model)]
        super().register(ours, admin_class, **options)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"agora": clock.now()}

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:  # the sign-in page would send them straight back here
            raise PermissionDenied
        target = request.GET.get("next") or reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': target})}")

    def password_change(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:  # type: ignore[override]  # the stubs know one kind of answer
        return redirect("account_change_password")

    @method_decorator(require_POST)
    def logout(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:  # type: ignore[override]  # as above
        return HttpResponseRedirect(reverse("account_logout"), status=307)  # the same POST, to the portal's own


def _is_of_market(model: type[models.Model]) -> bool:
    """The market of PERFIL has this; one without accounts, or without contracts, is not shown their pages."""
    return not {model._meta.app_label, model._meta.label_lower} & settings.MERCADO.fora_da_administracao


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin.PortalAdminSite"


class Consulta(AnyModelAdmin):
    """Rows that operations see. Nothing is deleted anywhere; subclasses that write do it through services."""

    actions_on_bottom = False
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """Only what the page offers: `?password__startswith=` would spell out a hash letter by letter."""
        offered = {self._name(item) for item in self.get_list_filter(request)} | {self.date_hierarchy, "id", "pk"}
        return lookup.partition("__")[0] in offered and super().lookup_allowed(lookup, value, request)

    @staticmethod
    def _name(item: Any) -> str:
        return item if isinstance(item, str) else item[0] if isinstance(item, tuple) else item.parameter_name

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        raise PermissionDenied

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        raise PermissionDenied

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.has_changed():  # where every field is read-only a POST brings nothing
            raise PermissionDenied

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        raise PermissionDenied


class Manutencao(Consulta):
    """Rows that operations also add and change, as far as their group lets them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return ModelAdmin.has_add_permission(self, request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return ModelAdmin.has_change_permission(self, request, obj)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What forms could not foresee: somebody else was faster, or a service refuses."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            error(request, LOST_RACE)
        except DomainError as refusal:
            error(request, refusal.detail)
        return HttpResponseRedirect(request.get_full_path())


def form_page(admin: AnyModelAdmin, request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
    """A page of the admin with one form of our own; 422 where it was sent and is not good."""
    page = {**admin.admin_site.each_context(request), "opts": admin.model._meta, "form": form, **context}
    return render(request, "admin/formulario.html", page, status=422 if form.is_bound else 200)


class Indented(json.JSONEncoder):
    """For a form's JSON field: as a person would write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "indent": 2})


def show_json(value: Any) -> str:
    return format_html("<pre>{}</pre>", json.dumps(value, indent=2, ensure_ascii=False))


def actor(request: HttpRequest) -> str:
    return request.user.get_username()


def url_of(obj: models.Model, view: str = "change") -> str:
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{view}", args=[obj.pk])
