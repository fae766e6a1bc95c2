"""The language of a person's mails."""

from datetime import datetime

from portal.agentes.models import Usuario
from portal.auditoria.services import act, record
from portal.contas.models import IdiomaEscolhido


@act()
def choose_language(usuario: Usuario, codigo: str, *, now: datetime) -> None:
    """One that the market has. Choosing it again changes nothing."""
    if IdiomaEscolhido.objects.filter(usuario=usuario, codigo=codigo).exists():
        return
    IdiomaEscolhido.objects.update_or_create(usuario=usuario, defaults={"codigo": codigo})
    record("pessoa.idioma", at=now, ator=usuario.username, objeto=usuario.username, idioma=codigo)
