"""PROINFA: quotas and curves to look up, quotas to publish, histories to declare and to validate."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contratos import services
from contratos.paginas import historicos as paginas
from contratos.paginas import proinfa as leitura
from contratos.services.historicos import find_target
from contratos.services.proinfa_publicacao import require
from contratos.views.comum import attempt, posted
from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.http import ator_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def proinfa(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _publish(request)
    pagina, ano = request.GET.get("pagina", ""), request.GET.get("ano", "")
    return render(request, "contratos/proinfa.html", leitura.page(ator_of(request), pagina, ano=ano, now=clock.now()))


def _publish(request: HttpRequest) -> HttpResponse:
    """All quotas of a month that wait; what was left is told with its reason."""
    ator, now = ator_of(request), clock.now()
    require(ator)
    feita = services.publish_quotas(leitura.month_of(request.POST.get("mes", "")), ator=ator, now=now)
    if not feita.falhas and not feita.restam:
        messages.success(request, leitura.told(feita))
        return redirect("proinfa")
    return render(request, "contratos/proinfa.html", leitura.page(ator, "", now=now, publicacao=feita))


@require_safe
@login_required
def proinfa_csv(request: HttpRequest) -> HttpResponse:
    return _csv("proinfa.csv", leitura.as_csv(ator_of(request), now=clock.now()))


@require_safe
@login_required
def curva_csv(request: HttpRequest, ano: int) -> HttpResponse:
    return _csv(f"proinfa-{ano}.csv", leitura.curve_csv(ator_of(request), ano, now=clock.now()))


def _csv(filename: str, content: bytes) -> HttpResponse:
    name = content_disposition_header(as_attachment=True, filename=filename)
    headers = {"Content-Disposition": name or "attachment"}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def historicos(request: HttpRequest) -> HttpResponse:
    ator, now = ator_of(request), clock.now()
    form = paginas.form_of(ator, posted(request), request.FILES or None, now=now)
    if form.is_bound and attempt(form, lambda dados: _declare(dados, ator)):
        messages.success(request, "Histórico declarado: falta a outra parte validar.")
        return redirect("historicos")
    context = paginas.page(ator, request.GET.get("pagina", ""), now=now) | {"form": form}
    return render(request, "contratos/historicos.html", context, status=422 if form.errors else 200)


def _declare(dados: dict[str, str], ator: Ator) -> None:
    tipo, _, chave = dados["alvo"].partition(":")
    now = clock.now()
    alvo = find_target(ator, unidade=chave if tipo == "unidade" else "", cnpj=chave, now=now)
    services.declare_history(alvo, dados["tabela"], ator=ator, now=now)


@require_POST
@login_required
def responder(request: HttpRequest, pk: int) -> HttpResponse:
    """Validated, or given back with a reason."""
    valida = request.POST.get("resultado") == "validado"
    motivo = request.POST.get("motivo", "").strip()
    services.answer_history(pk, valida=valida, motivo=motivo, ator=ator_of(request), now=clock.now())
    messages.success(request, "Histórico validado." if valida else "Histórico devolvido.")
    return redirect("historicos")
