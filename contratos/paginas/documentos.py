"""The documents of a contract, and who has signed each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from contratos import services
from contratos.domain.andamento import FEITAS, Situacao
from contratos.models import AssinaturaAceita, Contrato, Documento
from contratos.paginas.linha_do_tempo import FluxoVisto, Passo
from portal.agentes.acesso import Ator
from portal.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Lugar:
    """Where one party signs. `pode`: the person who looks may send its signature now."""

    passo: Passo
    assinatura: AssinaturaAceita | None
    pode: bool


@dataclass(frozen=True, slots=True)
class DocumentoVisto:
    documento: Documento
    lugares: list[Lugar]


def read(contrato: Contrato, fluxos: Iterable[FluxoVisto]) -> list[DocumentoVisto]:
    """The latest first. Of one that was replaced only the signatures that it had are shown."""
    signed = AssinaturaAceita.objects.defer("arquivo", "evidencia").select_related("indisponibilidade")
    rows = contrato.documentos.defer("emitido", "assinado").prefetch_related(Prefetch("assinaturas", signed))
    steps = {fluxo.fluxo.pk: fluxo.passos for each in fluxos for fluxo in (each, *each.sub)}
    return [DocumentoVisto(row, list(_places(row, steps.get(row.fluxo_id, [])))) for row in rows]


def _places(documento: Documento, passos: Iterable[Passo]) -> Iterable[Lugar]:
    by_step = {found.atividade_id: found for found in documento.assinaturas.all()}
    for passo in passos:
        found = by_step.get(passo.row.pk)
        expected = documento.replaced_at is None and passo.row.situacao != Situacao.CANCELADA
        if passo.definicao.assina == documento.tipo and (found or (expected and passo.row.situacao not in FEITAS)):
            yield Lugar(passo, found, passo.pode_assinar)


def find(contrato: Contrato, pk: int) -> Documento:
    found = contrato.documentos.select_related("fluxo").filter(pk=pk).first()
    if found is None:
        raise NotFound("Este documento não é deste contrato.")
    found.contrato = found.fluxo.contrato = contrato
    return found


def file_name(documento: Documento) -> str:
    """Numbers of contracts have only letters, digits, dots and dashes: no file system minds them."""
    return f"{documento.contrato.numero}-{documento.tipo}-{documento.pk}.pdf"


def accept_paper(documento: Documento, dados: Mapping[str, Any], *, ator: Ator, now: datetime) -> None:
    services.accept_paper(
        documento,
        dados["signatario"],
        dados["arquivo"].content,
        assinado_em=dados["assinado_em"],
        cartorio=dados["cartorio"],
        indisponibilidade=dados["indisponibilidade"],
        ator=ator,
        now=now,
    )
