"""Doing without the notices that one may do without, and coming back. Either may be asked for twice."""

from datetime import datetime

from notificacoes.models import Dispensa
from portal.agentes.models import Usuario
from portal.auditoria.services import act, record


@act()
def opt_out(usuario: Usuario, *, now: datetime) -> None:
    _, created = Dispensa.objects.get_or_create(usuario=usuario, defaults={"created_at": now})
    if created:
        record("aviso.dispensado", at=now, ator=usuario.username, objeto=usuario.username)


@act()
def opt_in(usuario: Usuario, *, now: datetime) -> None:
    removed, _ = Dispensa.objects.filter(usuario=usuario).delete()
    if removed:
        record("aviso.dispensa_retirada", at=now, ator=usuario.username, objeto=usuario.username)
