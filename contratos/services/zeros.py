"""The end of a CCER's zero (3.72): what is final stays zero, what is not yet has its energy again."""

from datetime import date

from contratos import ccer as leitura
from contratos import selectors
from contratos.domain.ccer import first_open
from contratos.models import Ccer, Fluxo, MontanteDoMes


def lift(ccer: Ccer, hoje: date) -> None:
    """Inside an act. The months that were zero and are final are written as such: another debt starts afresh."""
    if ccer.zerado_desde is None:
        return
    ccer.zerado_ate = max(ccer.zerado_desde, first_open(hoje, leitura.deadline()))
    ccer.save(update_fields=["zerado_ate"])
    MontanteDoMes.objects.filter(contrato=ccer.contrato_id, mes__gte=ccer.zerado_desde, mes__lt=ccer.zerado_ate).update(
        energia_mwh=0
    )


def give_up(fluxo: Fluxo) -> None:
    """Inside an act. A zero registered by mistake, or of a contract that ended: as if the debt were paid that day."""
    closed_at = Fluxo.objects.values_list("closed_at", flat=True).get(pk=fluxo.pk)
    if closed_at is None:
        return
    for ccer in Ccer.objects.select_for_update().filter(contrato=fluxo.contrato_id, zerado_ate=None):
        lift(ccer, selectors.deadline_day(closed_at))
