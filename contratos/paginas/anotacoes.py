"""Entries of the ledger as the page of a contract shows them: one line for each act, however often it was written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from portal import trilha
from portal.agentes.models import Agente
from portal.auditoria.models import Evento

REGISTROS = 100
NOMEADAS = 3  # activities that one line names
Nomes = Mapping[tuple[str, str], str]  # of activities, by procedure and code


@dataclass(frozen=True, slots=True)
class Anotacao:
    """One act of the ledger; `sobre`: the activities that it was about."""

    linha: trilha.Linha
    sobre: str
    vezes: int


def read(eventos: QuerySet[Evento], agentes: Sequence[Agente], nomes: Nomes) -> list[Anotacao]:
    """The latest first. `agentes`: whose entries they are."""
    known = Agente.objects.filter(pk__in=[each.pk for each in agentes])
    lines = trilha.lines(list(eventos.order_by("-numero")[:REGISTROS]), known)
    groups = groupby(lines, key=lambda line: (line.evento.tipo, line.evento.ator, line.evento.at))
    return [_entry(list(group), nomes) for _, group in groups]


def _entry(lines: list[trilha.Linha], nomes: Nomes) -> Anotacao:
    subjects = [
        nomes.get((line.evento.dados.get("fluxo", ""), line.evento.dados.get("atividade", "")), "") for line in lines
    ]
    named = list(dict.fromkeys(filter(None, subjects)))
    more = f" e mais {len(named) - NOMEADAS}" if len(named) > NOMEADAS else ""
    return Anotacao(lines[0], ", ".join(named[:NOMEADAS]) + more, len(lines))
