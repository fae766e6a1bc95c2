"""Flows of which a page of its own shows the numbers: what was stated, what may be, and a trial."""

from django.urls import reverse

from contratos import modulacao
from contratos.domain.procedimentos.sazonalizacao import SAZO_CA, SAZO_CCEAR
from contratos.models import Fluxo


def of(fluxo: Fluxo) -> str:
    """The address of that page; '' where there is none."""
    if fluxo.procedimento in modulacao.FLUXOS:
        return reverse("contratos:modulacao", args=[fluxo.contrato.numero, modulacao.month_of(fluxo)])
    if fluxo.procedimento in (SAZO_CCEAR.codigo, SAZO_CA.codigo):
        return reverse("contratos:montantes", args=[fluxo.contrato.numero, int(fluxo.dados["ano"])])
    return ""
