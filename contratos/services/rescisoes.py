"""Contracts that both sides agreed to end (3.103, 3.112): ended when the first month of the agreement comes."""

from datetime import datetime

from django.db.models import QuerySet

from contratos.domain.cancelamento import earliest
from contratos.domain.contrato import NOMES, Registro
from contratos.domain.procedimentos.cancelamento import CANCELAMENTO
from contratos.models import AcordoBilateral, Contrato
from contratos.services.situacao import lock, move, stop_flows
from contratos.services.trilha import SISTEMA
from portal import clock
from portal.auditoria.services import act


def rescind_due(*, now: datetime) -> int:
    """Each in a transaction of its own; one that is suspended waits until CCEE takes it up again. Gives how many."""
    due = _due(now).filter(contrato__registro=Registro.REGISTRADO.value)
    return sum(_rescind(pk, now=now) for pk in sorted(set(due.values_list("contrato", flat=True))))


def _due(now: datetime) -> QuerySet[AcordoBilateral]:
    rows = AcordoBilateral.objects.filter(situacao=AcordoBilateral.Situacao.VALIDADO)
    return rows.filter(tipo=AcordoBilateral.Tipo.RESCISAO, mes_inicio__lte=clock.local_date(now)).order_by("mes_inicio")


@act()
def _rescind(pk: int, *, now: datetime) -> int:
    contrato = lock(Contrato(pk=pk))
    acordo = _due(now).filter(contrato=contrato).first()
    if acordo is None or Registro(contrato.registro) is not Registro.REGISTRADO:
        return 0
    cessa_em = earliest(contrato.cessa_em, acordo.mes_inicio)
    move(contrato, Registro.RESCINDIDO, by=SISTEMA, now=now, motivo=str(acordo), cessa_em=cessa_em)
    estado = f"cessou: contrato {NOMES[Registro.RESCINDIDO].lower()}"
    stop_flows(contrato, estado=estado, by=SISTEMA, now=now, segue=CANCELAMENTO.codigo)  # 3.112: it comes after
    return 1
