"""Parties that have another name: the other side of each of their contracts is told by CCEE (3.82)."""

from datetime import datetime, timedelta

from django.db.models import Q

from contratos.domain.fim import FINAIS
from contratos.domain.procedimentos.nome import NOME_ALTERADO
from contratos.models import Contrato
from contratos.services.aberturas import new
from contratos.services.fluxos import begin
from contratos.services.situacao import lock
from contratos.services.trilha import SISTEMA
from portal import clock
from portal.auditoria.models import Evento
from portal.auditoria.services import act

ATRAS = timedelta(days=30)  # what the routine looks back on: it runs each hour


def open_name_changes(*, now: datetime) -> int:
    """A flow for each change and each contract that is not over, in a transaction of its own. Gives how many."""
    events = Evento.objects.filter(tipo="agente.alterado", at__gte=now - ATRAS, dados__has_key="razao_social")
    return sum(_open_all(event, now=now) for event in events.order_by("numero"))


def _open_all(event: Evento, *, now: datetime) -> int:
    sides = Q(vendedor__cnpj=event.cnpj) | Q(comprador__cnpj=event.cnpj)
    rows = Contrato.objects.filter(sides, created_at__lte=event.at, comprador__isnull=False)
    rows = rows.exclude(registro__in=[each.value for each in FINAIS])
    told = {"procedimento": NOME_ALTERADO.codigo, "dados__evento": str(event.numero)}
    waiting = rows.exclude(pk__in=Contrato.objects.filter(**{f"fluxos__{k}": v for k, v in told.items()}).values("pk"))
    return sum(_open(pk, event, now=now) for pk in list(waiting.order_by("pk").values_list("pk", flat=True)))


@act()
def _open(pk: int, event: Evento, *, now: datetime) -> int:
    """Two runs at once: the second waits for the contract's row, and then finds its flow."""
    contrato, numero = lock(Contrato(pk=pk)), str(event.numero)
    if contrato.fluxos.filter(procedimento=NOME_ALTERADO.codigo, dados__evento=numero).exists():
        return 0
    fluxo = new(contrato, NOME_ALTERADO.codigo, by=SISTEMA, now=now, ancoras={"T": clock.local_date(event.at)})
    fluxo.dados = {"evento": numero, "nome": event.dados["razao_social"]}
    begin(fluxo, now=now)
    fluxo.atividades.update(nome=f"Informar a contraparte: novo nome, {event.dados['razao_social']}"[:120])
    return 1
