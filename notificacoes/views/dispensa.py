"""The link at the foot of the notices that one may do without. Whoever has it needs no sign-in (RFC 8058)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notificacoes import enderecos, services
from notificacoes.selectors.pessoas import find_active, has_opted_out
from portal import clock


@csrf_exempt  # a mail program posts here without having seen a form; the signed address is what it must know
@require_http_methods(["GET", "HEAD", "POST"])
def dispensa(request: HttpRequest, token: str) -> HttpResponse:
    """GET only asks: link scanners open every address of a mail."""
    usuario = find_active(enderecos.usuario_of(token))
    if request.method == "POST":
        change = services.opt_in if "voltar" in request.POST else services.opt_out
        change(usuario, now=clock.now())
    context = {"pessoa": usuario, "dispensada": has_opted_out(usuario), "feito": request.method == "POST"}
    return render(request, "notificacoes/dispensa.html", context)
