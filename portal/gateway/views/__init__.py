from portal.gateway.views.conexao import conexao
from portal.gateway.views.porta import autorizacao, nginx

__all__ = ["autorizacao", "conexao", "nginx"]
