"""From a form that was sent to what the services take, and back to a page."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from adesao import cadastro
from adesao.forms import SolicitacaoForm
from adesao.services import Envio
from certificados.selectors import of_agente
from portal import clock
from portal.agentes.http import ator_of
from portal.agentes.models import Agente

View = Callable[..., HttpResponseBase]


def sign_in(view: View) -> View:
    """login_required that comes back to the company's page, never to an address that only takes POST."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        posted = request.method not in ("GET", "HEAD")
        return redirect_to_login(page_of(kwargs["cnpj"]) if posted else request.get_full_path())

    return wrapped


def page_of(cnpj: str) -> str:
    return reverse("adesao:cadastro", args=[cnpj])


def form_of(request: HttpRequest, agente: Agente) -> SolicitacaoForm:
    form = SolicitacaoForm(request.POST, request.FILES, certificados=of_agente(agente))
    form.is_valid()
    return form


def envio_of(form: SolicitacaoForm) -> Envio:
    """Fields that were malformed are left out and told."""
    data = form.cleaned_data
    return Envio(
        senha=data.get("senha", ""),
        manter_senha=data.get("atualizar_senha") == "nao",
        excluir=[row.pk for row in data.get("excluir", ())],
        arquivos=form.arquivos(),
        solicitacao=data.get("solicitacao"),
        erros={name: [str(message) for message in messages] for name, messages in form.errors.items()},
    )


def show(
    request: HttpRequest,
    agente: Agente,
    *,
    erros: Mapping[str, Sequence[str]] | None = None,
    avisos: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The company's page; for htmx only the section of its certificates."""
    context = {
        "cadastro": cadastro.read(agente, ator_of(request), now=clock.now()),
        "erros": erros or {},
        "resumo": cadastro.summary(erros or {}),
        "avisos": avisos,
    }
    partial = bool(request.headers.get("HX-Request"))
    response = render(request, f"adesao/{'_certificados' if partial else 'cadastro'}.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def back(request: HttpRequest, agente: Agente) -> HttpResponse:
    """After a POST that went well: the section for htmx, the page by a redirect for everybody else."""
    if request.headers.get("HX-Request"):
        return show(request, agente)
    return redirect(f"{page_of(agente.cnpj)}#certificados")
