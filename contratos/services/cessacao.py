"""CBRs whose registration is over because its first day without energy has come (3.33)."""

from datetime import datetime

from contratos.domain.contrato import Especie, Registro
from contratos.models import Contrato
from contratos.services.situacao import lock, move, stop_flows
from portal import clock
from portal.auditoria.services import act

SISTEMA = "portal"


def cease_due(*, now: datetime) -> int:
    """Each in a transaction of its own. Gives how many there were."""
    hoje = clock.local_date(now)
    due = Contrato.objects.filter(especie=Especie.CBR.value, registro=Registro.REGISTRADO.value, cessa_em__lte=hoje)
    return sum(_cease_one(contrato, now=now) for contrato in due.order_by("pk"))


@act()
def _cease_one(contrato: Contrato, *, now: datetime) -> int:
    locked = lock(contrato)
    if Registro(locked.registro) is not Registro.REGISTRADO:
        return 0
    cease(locked, by=SISTEMA, now=now)
    return 1


def cease(contrato: Contrato, *, by: str, now: datetime) -> None:
    """Inside an act."""
    move(contrato, Registro.ENCERRADO, by=by, now=now)
    stop_flows(contrato, estado="cessou: registro finalizado", by=by, now=now)
