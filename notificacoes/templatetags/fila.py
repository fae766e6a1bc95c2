"""The banner of operations: what is wrong with the mails and the deadlines, since when, and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from contratos import selectors
from notificacoes.selectors.fila import progress

register = template.Library()
ATRASO, PARADA = timedelta(hours=1), timedelta(minutes=15)
MOSTRADOS = 5  # contracts that the banner names


@dataclass(frozen=True, slots=True)
class Alerta:
    titulo: str
    desde: datetime | None
    faca: str
    endereco: str = ""  # where it is done; the queue of mails where none is given
    rotulo: str = ""


@register.inclusion_tag("notificacoes/faixa.html")
def faixa_da_fila(agora: datetime | None) -> dict[str, Any]:
    """Nothing where all is well, and on the few pages that have no `agora`."""
    return {"alertas": alerts(agora) if agora else []}


def alerts(now: datetime) -> list[Alerta]:
    andamento, found = progress(), []
    if settings.ENVIO_SUSPENSO:
        found.append(
            Alerta(
                "O envio de e-mails está suspenso (ENVIO_SUSPENSO).",
                andamento.mais_antigo,
                "Os avisos são planejados e esperam na fila. Depois de conferir o que já tinha sido enviado, tire a "
                "variável e reinicie o portal.",
            )
        )
    elif andamento.mais_antigo and now - andamento.mais_antigo > ATRASO:
        found.append(
            Alerta(
                "Há e-mail devido e não enviado há mais de uma hora.",
                andamento.mais_antigo,
                "Veja na fila a resposta do servidor de e-mail; se não há tentativas, o processo de tarefas (worker) "
                "está parado. Nada se perde: a fila anda quando ele voltar.",
            )
        )
    if andamento.varredura and now - andamento.varredura > PARADA:
        found.append(
            Alerta(
                "A varredura dos vencimentos não roda há mais de 15 minutos.",
                andamento.varredura,
                "Confira os processos beat e worker e o Redis. “manage.py enviar_avisos” faz uma varredura agora.",
            )
        )
    return [*found, *_of_deadlines()]


def _of_deadlines() -> Iterator[Alerta]:
    numeros = selectors.left_uncounted()
    if numeros:
        more = f" e mais {len(numeros) - MOSTRADOS}" if len(numeros) > MOSTRADOS else ""
        yield Alerta(
            "O calendário mudou, e há prazos que não puderam ser recontados: saem dos anos que ele tem.",
            None,
            f"Contratos: {', '.join(numeros[:MOSTRADOS])}{more}. Confira as datas de que os prazos correm; as que "
            "estiverem certas são recontadas quando o calendário chegar a esses anos. O motivo está na trilha.",
            reverse("contratos:contrato", args=[numeros[0]]),
            f"Abrir {numeros[0]}",
        )
