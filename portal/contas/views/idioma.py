"""The language in which somebody reads these pages, and is written to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.i18n import set_language

from portal import clock
from portal.contas import services
from portal.contas.views.comum import person


def idioma(request: HttpRequest) -> HttpResponse:
    """Django's own, which keeps the choice in a cookie; whoever is signed in gets their mails in it, too."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        services.choose_language(person(request), chosen, now=clock.now())
    return set_language(request)
