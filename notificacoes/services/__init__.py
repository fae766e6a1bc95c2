"""The writers of what is owed, sent and done about it."""

from notificacoes.services.agendas import create_agenda, revoke_agenda, touch_agenda
from notificacoes.services.caixa import keep
from notificacoes.services.devolucoes import take_bounce
from notificacoes.services.dispensas import opt_in, opt_out
from notificacoes.services.entrega import deliver
from notificacoes.services.fila import is_long
from notificacoes.services.plano import Plano, plan
from notificacoes.services.politicas import announce_policy

__all__ = [
    "Plano",
    "announce_policy",
    "create_agenda",
    "deliver",
    "is_long",
    "keep",
    "opt_in",
    "opt_out",
    "plan",
    "revoke_agenda",
    "take_bounce",
    "touch_agenda",
]
