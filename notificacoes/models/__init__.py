"""What is owed (Aviso, Lembrete), what goes out (Envio), what people must do (Tarefa), the demonstration's outbox."""

from notificacoes.models.agenda import Agenda, Dispensa
from notificacoes.models.aviso import Aviso, Situacao
from notificacoes.models.caixa import Mensagem
from notificacoes.models.envio import Envio, Estado, Tipo
from notificacoes.models.lembrete import Lembrete, Momento
from notificacoes.models.numeros import Numeros
from notificacoes.models.tarefa import Motivo, Tarefa
from notificacoes.models.varredura import Varredura

__all__ = [
    "Agenda",
    "Aviso",
    "Dispensa",
    "Envio",
    "Estado",
    "Lembrete",
    "Mensagem",
    "Momento",
    "Motivo",
    "Numeros",
    "Situacao",
    "Tarefa",
    "Tipo",
    "Varredura",
]
