"""What every page of a contract does: whose it is, what was refused, and an act that a form asks for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from contratos import acesso
from contratos.models import Contrato
from contratos.paginas import cedidos
from portal import clock
from portal.agentes import services as agentes
from portal.agentes.http import ator_of
from portal.kernel.errors import DomainError, Forbidden, NotFound

View = Callable[..., HttpResponseBase]


def of_contract(view: View) -> View:
    """With the contract of the address: for who may see it; else 404, as of one that does not exist.

    What is refused in words is written down. Whoever signs in first comes back to a page, not to a POST.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, numero: str, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in(request, numero)
        contrato = acesso.find(ator_of(request), numero, now=clock.now())
        try:
            return view(request, contrato, **kwargs)
        except Forbidden as refusal:
            _write_down(request, contrato, refusal)
            raise

    return wrapped


def or_ceded(page: View) -> Callable[[View], View]:
    """Under the same address: for who may not see the contract any more, but ceded it, what it was until that day."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, numero: str, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, numero=numero, **kwargs)
            except NotFound:
                cessao = cedidos.find(ator_of(request), numero, now=clock.now())
                if cessao is None:
                    raise
                return page(request, cessao, **kwargs)

        return wrapped

    return decorate


def _sign_in(request: HttpRequest, numero: str) -> HttpResponseBase:
    looks = request.method in ("GET", "HEAD")
    return redirect_to_login(request.get_full_path() if looks else reverse("contratos:contrato", args=[numero]))


def _write_down(request: HttpRequest, contrato: Contrato, refusal: Forbidden) -> None:
    acao, cnpj = f"{request.method} {request.path}", contrato.vendedor.cnpj
    agentes.record_refusal(by=ator_of(request).nome, cnpj=cnpj, acao=acao, code=refusal.code, now=clock.now())


def posted(request: HttpRequest) -> QueryDict | None:
    """For a form: bound by any POST, also by one without fields."""
    return request.POST if request.method == "POST" else None


def attempt(form: forms.BaseForm, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the act was done. What the service misses (422) is told on the form; other refusals go on."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except DomainError as refusal:
        if refusal.status != 422:
            raise
        _tell(form, refusal)
        return False
    return True


def _tell(form: forms.BaseForm, refusal: DomainError) -> None:
    for nome, texts in (refusal.erros or {"": [refusal.detail]}).items():
        for text in texts:
            form.add_error(nome if nome in form.fields else None, text)


def ask(
    request: HttpRequest, contrato: Contrato, form: forms.BaseForm, *, titulo: str, botao: str, texto: str = ""
) -> HttpResponse:
    """A page with one form of its own."""
    context = {"contrato": contrato, "form": form, "titulo": titulo, "botao": botao, "texto": texto}
    return render(request, "contratos/formulario.html", context, status=422 if form.errors else 200)


def done(request: HttpRequest, contrato: Contrato, message: str, anchor: str = "") -> HttpResponse:
    """After a POST that went well: back to the contract."""
    messages.success(request, message)
    return redirect(reverse("contratos:contrato", args=[contrato.numero]) + anchor)
