"""Every notice about a certificate, for all who may see its company; and to take away, as PDF and CSV."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from adesao.views.comum import sign_in
from certificados import selectors as certificados
from certificados.models import Certificado
from notificacoes.prova import csv
from notificacoes.prova.campos import of_certificate
from notificacoes.selectors import prova as selectors
from portal import clock
from portal.agentes.http import agente_of


@require_safe
@sign_in
def prova(request: HttpRequest, cnpj: str, pk: int, formato: str = "html") -> HttpResponseBase:
    certificado = certificados.find(agente_of(request, cnpj), pk)
    enderecos = {kind: reverse(f"prova_{kind}", args=[cnpj, pk]) for kind in ("pdf", "csv")}
    return show(request, certificado, formato, enderecos=enderecos)


@require_safe
@login_required
def prova_da_operacao(request: HttpRequest, pk: int, formato: str = "html") -> HttpResponse:
    """Of any company, for those of operations who see notices; to others there is no such address."""
    if not (request.user.is_staff and request.user.has_perm("notificacoes.view_aviso")):
        raise Http404
    certificado = get_object_or_404(Certificado.objects.select_related("agente"), pk=pk)
    enderecos = {kind: reverse(f"prova_da_operacao_{kind}", args=[pk]) for kind in ("pdf", "csv")}
    return show(request, certificado, formato, enderecos=enderecos, modelo="notificacoes/prova_da_operacao.html")


def show(
    request: HttpRequest,
    certificado: Certificado,
    formato: str,
    *,
    enderecos: Mapping[str, str],
    modelo: str = "notificacoes/prova.html",
) -> HttpResponse:
    """Of any certificate: the caller has decided who may. `enderecos`: where the other forms are."""
    found = selectors.read(certificado, now=clock.now())
    if formato == "html":
        context = {"prova": found, "certificado": of_certificate(found), "enderecos": enderecos}
        return render(request, modelo, context)
    content = csv.write(found) if formato == "csv" else _pdf(found)
    kind = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}[formato]
    name = content_disposition_header(as_attachment=True, filename=f"avisos-{certificado.sha256[:16]}.{formato}")
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": name or "attachment"})


def _pdf(found: selectors.Prova) -> bytes:
    from notificacoes.prova import pdf  # noqa: PLC0415 - reportlab takes a while to load, and few ask for it

    return pdf.write(found)
