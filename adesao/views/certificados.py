"""The file of a registered certificate."""

import re
import unicodedata

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from adesao.views.comum import sign_in
from certificados import selectors, services
from portal import clock
from portal.agentes.http import agente_of, ator_of

CERTIFICATE = "application/pkix-cert"  # RFC 2585


@require_safe
@sign_in
def arquivo(request: HttpRequest, cnpj: str, pk: int) -> HttpResponseBase:
    """The DER, for every role that sees the company. What operations staff take away is in the ledger."""
    certificado = selectors.find(agente_of(request, cnpj), pk)
    if request.user.is_staff:
        services.record_download(certificado, by=ator_of(request).nome, now=clock.now())
    return download(bytes(certificado.arquivo.der), name=certificado.nome_arquivo or certificado.sha256[:16])


def download(content: bytes, *, name: str, kind: str = CERTIFICATE) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=safe_name(name)) or "attachment"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


def safe_name(name: str) -> str:
    """Letters, digits, dot, dash and underline, ending in .cer: no file system and no header minds it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip(".-") or "certificado"
    return f"{stem.removesuffix('.cer')[:100]}.cer"
