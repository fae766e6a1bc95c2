"""Companies as lines of a list: their status in words, and what the person may do there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adesao import listagem
from certificados import selectors as certificados
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao, Ator
from portal.agentes.models import Papel
from portal.agentes.selectors import papeis_by_agente

TOM = {"vigente": "ok", "vence_em_breve": "alerta", "vencido": "erro", "sem_certificado": "neutro"}
URGENCIA = {"vencido": 0, "vence_em_breve": 1, "sem_certificado": 2}


@dataclass(frozen=True, slots=True)
class Etiqueta:
    """A status in words and its tone for componentes/tag.html."""

    tom: str
    texto: str


@dataclass(frozen=True, slots=True)
class Linha:
    """One company of a list, as one actor sees it. `agente` comes from listagem.annotated()."""

    agente: Any
    status: str
    etiqueta: Etiqueta
    papeis: tuple[str, ...]
    alteravel: bool

    @property
    def aderido(self) -> bool:
        return bool(self.agente.adesao == "aderido")


def lines(agentes: Iterable[Any], ator: Ator, *, now: datetime) -> list[Linha]:
    """Of Agentes from listagem.annotated(), in one query however many they are."""
    agentes = list(agentes)
    papeis = papeis_by_agente(ator, [agente.pk for agente in agentes], on=clock.local_date(now))
    return [_line(agente, [Papel(papel) for papel in papeis.get(agente.pk, ())], now) for agente in agentes]


def _line(agente: Any, papeis: list[Papel], now: datetime) -> Linha:
    return Linha(
        agente=agente,
        status=certificados.status_of(agente, now=now),
        etiqueta=etiqueta(agente, now=now),
        papeis=tuple(str(papel.label) for papel in papeis),
        alteravel=any(Acao.ALTERAR in acesso.PERMITE[papel] for papel in papeis),
    )


def etiqueta(agente: Any, *, now: datetime) -> Etiqueta:
    """Of an Agente from listagem.annotated()."""
    status = certificados.status_of(agente, now=now)
    return Etiqueta(TOM[status], _status_words(status, agente, now))


def _status_words(status: str, agente: Any, now: datetime) -> str:
    if status == "vence_em_breve":
        return f"Vence {in_days((clock.local_date(agente.ultimo) - clock.local_date(now)).days)}"
    if status == "vencido":
        return f"Vencido em {clock.local_date(agente.ultimo):%d/%m/%Y}"
    if status == "vigente":
        return "Vigente · 1 certificado" if agente.em_servico == 1 else f"Vigente · {agente.em_servico} certificados"
    return certificados.STATUS[status]


def in_days(days: int) -> str:
    """ "hoje", "amanhã", "em 12 dias"."""
    return {0: "hoje", 1: "amanhã"}.get(days, f"em {days} dias")


def pendencias(ator: Ator, *, now: datetime, limit: int = 200) -> list[Linha]:
    """What the companies that a person represents lack or will lack within 30 days, most urgent first."""
    wanting = acesso.represented(ator, on=clock.local_date(now)).exclude(certificados.status_filter("vigente", now=now))
    found = lines(listagem.annotated(wanting, now=now)[:limit], ator, now=now)
    return sorted(found, key=lambda linha: (URGENCIA[linha.status], not linha.aderido, linha.agente.ultimo or now))
