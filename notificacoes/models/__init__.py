"""What is owed (Aviso), what goes out (Envio), what people must do (Tarefa), and the demonstration's outbox."""

from notificacoes.models.agenda import Agenda, Dispensa
from notificacoes.models.aviso import Aviso, Situacao
from notificacoes.models.caixa import Mensagem
from notificacoes.models.envio import Envio, Estado, Tipo
from notificacoes.models.tarefa import Motivo, Tarefa
from notificacoes.models.varredura import Varredura

__all__ = [
    "Agenda",
    "Aviso",
    "Dispensa",
    "Envio",
    "Estado",
    "Mensagem",
    "Motivo",
    "Situacao",
    "Tarefa",
    "Tipo",
    "Varredura",
]
