"""Itaipu: the publication of its amounts is due before they come into force (3.24)."""

from datetime import datetime

from contratos.domain.contrato import Especie
from contratos.domain.fim import FINAIS
from contratos.domain.procedimentos import ITAIPU
from contratos.models import Contrato, Fluxo
from contratos.services.aberturas import new
from contratos.services.fluxos import begin
from contratos.services.trilha import SISTEMA
from portal.auditoria.services import act


def open_publications(*, now: datetime) -> int:
    """A flow for each Itaipu contract that has none, each in a transaction of its own. Gives how many it opened."""
    have = Fluxo.objects.filter(procedimento=ITAIPU.codigo).values("contrato")
    rows = Contrato.objects.filter(especie=Especie.ITAIPU).exclude(pk__in=have)
    rows = rows.exclude(registro__in=[each.value for each in FINAIS])
    return sum(_open(pk, now=now) for pk in list(rows.order_by("pk").values_list("pk", flat=True)))


@act()
def _open(pk: int, *, now: datetime) -> int:
    contrato = Contrato.objects.select_for_update(of=("self",)).select_related("outorga").get(pk=pk)
    if contrato.fluxos.filter(procedimento=ITAIPU.codigo).exists():
        return 0
    begin(new(contrato, ITAIPU.codigo, by=SISTEMA, now=now, ancoras={"S": contrato.suprimento_inicio}), now=now)
    return 1
