from notificacoes.admin.avisos import AvisoAdmin
from notificacoes.admin.envios import EnvioAdmin
from notificacoes.admin.tarefas import TarefaAdmin

__all__ = ["AvisoAdmin", "EnvioAdmin", "TarefaAdmin"]
