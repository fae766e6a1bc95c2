"""Looking: the list, the agenda, a contract, a document."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from contratos.models import Contrato, Documento, Sucessao
from contratos.paginas import agenda as agenda_
from contratos.paginas import cedidos, documentos, listagem
from contratos.paginas import contrato as pagina
from contratos.views.comum import of_contract, or_ceded
from portal import clock
from portal.agentes.http import ator_of


@require_safe
@login_required
def lista(request: HttpRequest) -> HttpResponse:
    return render(request, "contratos/lista.html", listagem.page(ator_of(request), request.GET.dict(), now=clock.now()))


@require_safe
@login_required
def agenda(request: HttpRequest) -> HttpResponse:
    return render(request, "contratos/agenda.html", agenda_.read(ator_of(request), now=clock.now()))


def contrato_cedido(request: HttpRequest, cessao: Sucessao) -> HttpResponse:
    return render(request, "contratos/cedido.html", cedidos.read(cessao))


@require_safe
@or_ceded(contrato_cedido)
@of_contract
def contrato(request: HttpRequest, contrato: Contrato) -> HttpResponse:
    return render(request, "contratos/contrato.html", pagina.read(contrato, ator_of(request), now=clock.now()))


def documento_cedido(request: HttpRequest, cessao: Sucessao, pk: int) -> HttpResponse:
    return _download(cedidos.document(cessao, pk))


@require_safe
@or_ceded(documento_cedido)
@of_contract
def documento(request: HttpRequest, contrato: Contrato, pk: int) -> HttpResponse:
    return _download(documentos.find(contrato, pk))


def _download(found: Documento) -> HttpResponse:
    """As it was issued: the bytes that have to be signed."""
    nome = documentos.file_name(found)
    headers = {"Content-Disposition": content_disposition_header(True, nome) or "attachment"}
    return HttpResponse(bytes(found.emitido), content_type="application/pdf", headers=headers)
