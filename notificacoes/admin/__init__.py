from notificacoes.admin.avisos import AvisoAdmin
from notificacoes.admin.envios import EnvioAdmin
from notificacoes.admin.lembretes import LembreteAdmin
from notificacoes.admin.tarefas import TarefaAdmin

__all__ = ["AvisoAdmin", "EnvioAdmin", "LembreteAdmin", "TarefaAdmin"]
