"""Concluir várias: who is ready, what the others lack, and a report per company (docs/decisions/041)."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from adesao import prontas, services
from adesao.domain import lote as dominio
from adesao.forms import VariasForm
from adesao.models import Lote
from portal import clock, planilha
from portal.agentes import acesso
from portal.agentes.http import ator_of, today
from portal.kernel.cnpj import mask
from portal.kernel.errors import DomainError, Forbidden

SO_REPRESENTANTE = (
    "Somente o representante CCEE conclui solicitações. Você pode consultar as empresas que representa; peça a "
    "conclusão ao representante CCEE."
)
PACIENCIA = timedelta(seconds=8)  # after which a request answers, whatever is left
COLUNAS = ("CNPJ", "Sigla", "Resultado", "Protocolo", "Motivo")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def varias(request: HttpRequest) -> HttpResponse:
    ator = ator_of(request)
    if not acesso.alteraveis(ator, on=today()).exists():
        raise Forbidden(SO_REPRESENTANTE)
    candidatas = prontas.candidates(ator, now=clock.now())
    form = VariasForm(request.POST, request.FILES, candidatas=candidatas) if request.method == "POST" else None
    if form is not None and form.is_valid():
        lista = prontas.resolve(form.cells, candidatas, ator, now=clock.now())
        return _start(request, form, lista) if form.conclui else _show(request, candidatas, form, lista)
    return _show(request, candidatas, form or VariasForm(candidatas=candidatas))


def _start(request: HttpRequest, form: VariasForm, lista: prontas.Lista) -> HttpResponse:
    """The form is shown again where the password will not do."""
    try:
        services.share_senha(form.chosen, form.cleaned_data["senha"])
    except DomainError as refusal:
        form.tell(refusal)
        return _show(request, form.candidatas, form, lista)
    linhas = [*(one.line() for one in form.chosen), *lista.problemas]
    return redirect("adesao:lote", services.open_batch(linhas, ator=ator_of(request), now=clock.now()).pk)


def _show(
    request: HttpRequest, candidatas: list[prontas.Candidata], form: VariasForm, lista: prontas.Lista | None = None
) -> HttpResponse:
    context = {**prontas.page(candidatas, lista, form.ticked()), "form": form, "lista": lista}
    context["parados"] = Lote.objects.filter(aberto_por=ator_of(request).usuario, closed_at=None)[:3]
    return render(request, "adesao/varias.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def lote(request: HttpRequest, pk: int) -> HttpResponse:
    """Looked at, and with POST taken a little further; htmx asks for the next piece by itself."""
    row = _own(request, pk)
    if request.method == "POST":
        until = clock.instant() + PACIENCIA
        row = services.advance(row, ator=ator_of(request), now=clock.now(), late=lambda: clock.instant() >= until)
        if not request.headers.get("HX-Request"):
            return redirect("adesao:lote", pk)
    linhas = services.lines(row)
    context = {"lote": row, "linhas": linhas, "total": len(linhas), "feitas": sum(not one.aguarda for one in linhas)}
    context |= {"resumo": dominio.summary(linhas), "conclui": any(one.acao is dominio.Acao.CONCLUIR for one in linhas)}
    return render(request, f"adesao/{'_lote' if request.headers.get('HX-Request') else 'lote'}.html", context)


@require_safe
@login_required
def relatorio(request: HttpRequest, pk: int) -> HttpResponseBase:
    linhas = services.lines(_own(request, pk))
    rows = ((mask(one.cnpj), one.sigla, one.palavras, one.protocolo, one.texto) for one in linhas)
    headers = {"Content-Disposition": f'attachment; filename="conclusoes-{pk}.csv"'}
    return StreamingHttpResponse(
        planilha.stream(COLUNAS, rows), content_type="text/csv; charset=utf-8", headers=headers
    )


def _own(request: HttpRequest, pk: int) -> Lote:
    return get_object_or_404(Lote, pk=pk, aberto_por=ator_of(request).usuario)
