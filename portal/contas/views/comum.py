"""What the views of accounts share."""

from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from portal.agentes.models import Usuario
from portal.kernel.errors import DomainError

CERTIFICATE = "application/pkix-cert"  # RFC 2585


def person(request: HttpRequest) -> Usuario:
    return cast(Usuario, request.user)


def download(der: bytes, *, name: str) -> HttpResponse:
    """The name is a fingerprint and a use: nothing that somebody typed goes into a header."""
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.cer") or "attachment"
    return HttpResponse(der, content_type=CERTIFICATE, headers={"Content-Disposition": disposition})


def tell(form: forms.Form, error: DomainError) -> None:
    """A refusal, beside the field that it is about where there is one."""
    for field, messages in error.erros.items():
        form.add_error(field if field in form.fields else None, messages)
    if not error.erros:
        form.add_error(None, error.detail)
