"""Pairs of certificates of one account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import clock
from portal.contas import selectors, services
from portal.contas.domain.quem import refusal
from portal.contas.forms import ParForm
from portal.contas.models import Conta, Par
from portal.contas.services import Laudo, ParRecusado
from portal.contas.traducao import traduzir
from portal.contas.views.comum import download, person, tell
from portal.kernel.errors import DomainError, Forbidden


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def registrar(request: HttpRequest, pk: int, substitui: int | None = None) -> HttpResponse:
    """A new pair, or one in the place of the pair that is renewed."""
    conta = selectors.find(person(request), pk)
    anterior = selectors.pair(conta, substitui) if substitui else None
    form = ParForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        _look_first(request, conta)
        return _page(request, conta, form, anterior)
    laudos = _register(request, conta, form, anterior)
    if laudos is None:
        messages.success(request, _("O par está registrado e já vale: a entrada com ele é possível agora."))
        return redirect("contas:conta", conta.pk)
    return _page(request, conta, form, anterior, laudos)


def _look_first(request: HttpRequest, conta: Conta) -> None:
    """Nobody fills in a form whose answer is known. Raises Forbidden."""
    asks = selectors.asks(person(request), conta, now=clock.now())
    refused = refusal(asks, selectors.target(conta), selectors.regras().quem)
    if refused:
        raise Forbidden(traduzir(refused))


def _register(request: HttpRequest, conta: Conta, form: ParForm, anterior: Par | None) -> list[Laudo] | None:
    """None where it was registered."""
    if not form.is_valid():
        return []
    try:
        services.register_pair(conta, form.arquivos, por=person(request), now=clock.now(), substitui=anterior)
    except Forbidden:
        raise
    except DomainError as error:
        tell(form, error)
        return list(error.laudos) if isinstance(error, ParRecusado) else []
    return None


def _page(
    request: HttpRequest, conta: Conta, form: ParForm, anterior: Par | None, laudos: list[Laudo] | None = None
) -> HttpResponse:
    page = {"conta": conta, "form": form, "anterior": anterior, "laudos": laudos, "regras": selectors.regras()}
    return render(request, "contas/registrar.html", page, status=200 if laudos is None else 422)


@require_POST
@login_required
def remover(request: HttpRequest, pk: int, par: int) -> HttpResponse:
    conta = selectors.find(person(request), pk)
    services.remove_pair(selectors.pair(conta, par), por=person(request), now=clock.now())
    messages.success(request, _("O par foi excluído: com ele ninguém entra mais."))
    return redirect("contas:conta", conta.pk)


@require_safe
@login_required
def parte(request: HttpRequest, pk: int, par: int, uso: str) -> HttpResponse:
    found = selectors.part(selectors.find(person(request), pk), par, uso)
    return download(bytes(found.der), name=f"{found.sha256[:16]}-{found.uso}")
