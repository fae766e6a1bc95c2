"""The writers of what is owed, sent and done about it."""

from notificacoes.services.caixa import keep
from notificacoes.services.convites import deliver_invitations

__all__ = ["deliver_invitations", "keep"]
