"""Whose turn it is: the activities that somebody can close today, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from contratos.domain.andamento import Situacao
from contratos.domain.procedimentos import PROCEDIMENTOS, Fato
from contratos.models import Atividade, Contrato
from contratos.paginas import leitor
from contratos.paginas.palavras import Etiqueta, Regua

# Closed by the end of the flow under them or by time: nobody's turn.
SOZINHAS = frozenset(
    (procedimento.codigo, atividade.codigo)
    for procedimento in PROCEDIMENTOS.values()
    for atividade in procedimento.atividades
    if atividade.fato in (Fato.SUBFLUXO, Fato.DECURSO)
)


@dataclass(frozen=True, slots=True)
class Vez:
    atividade: Atividade
    quem: str
    quando: str  # "até 24/11/2026 (amanhã)"
    etiqueta: Etiqueta
    sua: bool = False  # of the person who reads


def open_rows() -> QuerySet[Atividade]:
    """With what it takes to say who holds each. The flow of CCEE itself counts too."""
    return Atividade.objects.filter(situacao=Situacao.ABERTA.value, fluxo__closed_at=None).select_related(
        "fluxo__contrato__vendedor",
        "fluxo__contrato__comprador",
        "fluxo__contrato__leilao",
        "fluxo__solicitante",
        "fluxo__sucessora",
    )  # fmt: skip


def is_somebodys(row: Atividade) -> bool:
    return (row.fluxo.procedimento, row.codigo) not in SOZINHAS


def turn(row: Atividade, regua: Regua, *, sua: bool = False) -> Vez:
    return Vez(row, leitor.holder(row), regua.when(row), regua.due(row), sua)


def of_contracts(contratos: Iterable[Contrato], regua: Regua) -> dict[int, list[Vez]]:
    """By contract, in one query however many they are."""
    found: dict[int, list[Vez]] = {contrato.pk: [] for contrato in contratos}
    rows = filter(is_somebodys, open_rows().filter(fluxo__contrato__in=list(found)))
    for row in sorted(rows, key=urgency):
        found[row.fluxo.contrato_id].append(turn(row, regua))
    return found


def urgency(row: Atividade) -> tuple[bool, date, int, int]:
    return row.vence_em is None, row.vence_em or date.max, row.fluxo_id, row.ordem
