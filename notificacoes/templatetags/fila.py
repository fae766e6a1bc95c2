"""The banner of operations: what is wrong with the mails, since when, and what to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.conf import settings

from notificacoes.selectors.fila import progress

register = template.Library()
ATRASO, PARADA = timedelta(hours=1), timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Alerta:
    titulo: str
    desde: datetime | None
    faca: str


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
    return found
