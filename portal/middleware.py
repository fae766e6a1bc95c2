"""What holds for every answer: security headers, the second factor of staff, refusals in words."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal.errors import domain_error_response
from portal.kernel.errors import DomainError, TooLarge

GetResponse = Callable[[HttpRequest], HttpResponse]
CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
# Swagger UI writes style attributes; nothing else may.
DOCS_CSP = CSP + "; style-src 'self' 'unsafe-inline'"


class SecurityHeaders:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        docs = request.path == "/api/v1/docs/"
        response.headers.setdefault("Content-Security-Policy", DOCS_CSP if docs else CSP)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class SecondFactorForStaff:
    """In production an operations account without a second factor reaches only the page that sets one up."""

    OPEN = ("/conta/", "/entrar/", "/sair/", "/saude/", settings.STATIC_URL)

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PRODUCAO and self._must_set_up(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        user = request.user
        if not (user.is_authenticated and user.is_staff) or request.path.startswith(self.OPEN):
            return False
        return not is_mfa_enabled(user)


class DomainErrors:
    """A DomainError that no view caught becomes its own words; the transaction is already rolled back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        if request.method == "POST":
            request.POST  # noqa: B018 - parsing runs the upload handlers before any view decides
        if getattr(request, "too_large", False):
            return domain_error_response(request, TooLarge(TOO_LARGE))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError):
            return domain_error_response(request, exception)
        return None


TOO_LARGE = "O envio passa de 50 MB e foi interrompido. Um certificado tem cerca de 2 KB: confira se escolheu o arquivo .cer."
