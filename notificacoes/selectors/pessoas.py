"""The person of a signed link, and what they asked for."""

from notificacoes.models import Dispensa
from portal.agentes.models import Usuario
from portal.kernel.errors import NotFound


def find_active(usuario_id: int | None) -> Usuario:
    """Raises NotFound, in the same words for a wrong signature and for a person who was switched off."""
    usuario = Usuario.objects.filter(pk=usuario_id, is_active=True).first() if usuario_id else None
    if usuario is None:
        raise NotFound("Este endereço não vale. Abra o link que está no fim do e-mail mais recente.")
    return usuario


def has_opted_out(usuario: Usuario) -> bool:
    return Dispensa.objects.filter(usuario=usuario).exists()
