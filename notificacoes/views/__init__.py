"""Pages: the proof of notices, opting out, calendar feeds, the demonstration outbox; and what Prometheus asks."""

from notificacoes.views.agenda import agendas, feed, revogar_agenda
from notificacoes.views.caixa import caixa_de_saida, mensagem, own_links
from notificacoes.views.dispensa import dispensa
from notificacoes.views.metricas import metricas
from notificacoes.views.prova import prova, prova_da_operacao
from notificacoes.views.vencimentos import vencimentos, vencimentos_da_operacao

__all__ = [
    "agendas",
    "caixa_de_saida",
    "dispensa",
    "feed",
    "mensagem",
    "metricas",
    "own_links",
    "prova",
    "prova_da_operacao",
    "revogar_agenda",
    "vencimentos",
    "vencimentos_da_operacao",
]
