"""What holds for every answer: security headers, the second factor of staff, refusals in words."""

from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal import errors
from portal.kernel.errors import DomainError, Forbidden, TooLarge

GetResponse = Callable[[HttpRequest], HttpResponse]
CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@cache
def _path(name: str) -> str:
    """Looked up once: it is asked for at every answer."""
    return reverse(name)


class SecurityHeaders:
    """Outermost, so that no redirect, static file or failure leaves without them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", content_security_policy(request.path))
        response.headers.setdefault("Portal-Ambiente", settings.AMBIENTE)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        if request.method == "POST" and request.path == _path("account_logout"):
            # Not "cookies": that would sign the person out of every other site of the same domain.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def content_security_policy(path: str) -> str:
    """Only the sign-in page may post, by redirect, to the issuer; only Swagger UI writes style attributes."""
    if path == "/api/v1/docs/":
        return CSP + "; style-src 'self' 'unsafe-inline'"
    if path == _path("account_login"):
        apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        issuers = (urlsplit(app["settings"]["server_url"]) for app in apps)
        return " ".join([CSP, *(f"{issuer.scheme}://{issuer.netloc}" for issuer in issuers)])
    return CSP


class SecondFactorForStaff:
    """In production an operations account without a second factor reaches only the page that sets one up."""

    OPEN = ("/conta/", "/entrar/", "/sair/", "/saude/", settings.STATIC_URL)
    KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    MISSING = "Contas da operação só trabalham com segundo fator. Ative-o em Segurança da conta e entre de novo."

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (settings.EXPOSTO and self._must_set_up(request)):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return errors.domain_error_response(request, Forbidden(self.MISSING))
        return HttpResponseRedirect(reverse("mfa_index"))

    def _must_set_up(self, request: HttpRequest) -> bool:
        user = request.user
        if not (user.is_authenticated and user.is_staff) or request.path.startswith(self.OPEN):
            return False
        return not is_mfa_enabled(user, self.KINDS)


class DomainErrors:
    """A DomainError that no view caught becomes its own words; the transaction is already rolled back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return errors.method_not_allowed(request, allow=response.headers["Allow"])
        return response

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        if request.method == "POST":
            request.POST  # noqa: B018 - parsing runs the upload handlers before any view decides
        if getattr(request, "too_large", False):
            return errors.domain_error_response(request, TooLarge())
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError):
            return errors.domain_error_response(request, exception)
        return None
