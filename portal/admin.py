"""Django's admin under our name; signing in is the portal's, with its second factor and rate limits."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode


class PortalAdminSite(AdminSite):
    site_header = "Operação — Plataforma de Integração"
    site_title = "Operação"
    index_title = "O que você quer fazer?"
    site_url = "/"
    enable_nav_sidebar = True

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        target = request.GET.get("next") or reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': target})}")


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin.PortalAdminSite"
