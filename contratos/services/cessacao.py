"""CBRs whose registration is over because its first day without energy has come (3.33)."""

from datetime import datetime

from django.db.models import Q

from contratos.domain.contrato import Especie, Registro
from contratos.domain.procedimentos.fim_do_cbr import CBR_TERMINO
from contratos.models import Contrato, Fluxo
from contratos.services.situacao import lock, move, stop_flows
from contratos.services.trilha import SISTEMA
from portal import clock
from portal.auditoria.services import act


def cease_due(*, now: datetime) -> int:
    """Each in a transaction of its own. Gives how many there were."""
    hoje = clock.local_date(now)
    due = Contrato.objects.filter(_alive(), especie=Especie.CBR.value, cessa_em__lte=hoje)
    return sum(_cease_one(contrato, now=now) for contrato in due.order_by("pk"))


def _alive() -> Q:
    """What the parties agreed on waits for the end of a suspension (3.7); what was decided does not."""
    decided = Fluxo.objects.filter(procedimento=CBR_TERMINO.codigo, estado=CBR_TERMINO.concluido)
    suspended = Q(registro=Registro.SUSPENSO.value, pk__in=decided.values("contrato"))
    return Q(registro=Registro.REGISTRADO.value) | suspended


@act()
def _cease_one(contrato: Contrato, *, now: datetime) -> int:
    locked = lock(contrato)
    if not Contrato.objects.filter(_alive(), pk=locked.pk).exists():
        return 0
    cease(locked, by=SISTEMA, now=now)
    return 1


def cease(contrato: Contrato, *, by: str, now: datetime) -> None:
    """Inside an act."""
    move(contrato, Registro.ENCERRADO, by=by, now=now)
    stop_flows(contrato, estado="cessou: registro finalizado", by=by, now=now)
