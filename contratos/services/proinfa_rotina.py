"""What nobody asks for in PROINFA: the ACEP's account, the months' flows, what falls due, January's run.

Each contract is a transaction of its own; a second run, also at the same time, finds nothing left to do. It comes by
each hour: what has nothing to be done is left out where the rows are read, so that nothing is locked for it.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from contratos import proinfa
from contratos.domain.contrato import SEM_FIM, Especie, Registro
from contratos.domain.prazos import month
from contratos.domain.procedimentos.proinfa import PROINFA_MES
from contratos.domain.procedimentos.proinfa_anual import PROINFA_HISTORICO, SAZO_PROINFA
from contratos.domain.proinfa import Origem
from contratos.models import AnoDoProinfa, Anuncio, Contrato, CotaDoProinfa, Fluxo
from contratos.services import proinfa_anos, proinfa_espera
from contratos.services.aberturas import start
from contratos.services.andamento import Andamento
from contratos.services.andamento import lock as lock_flow
from contratos.services.atividades import conclude
from contratos.services.efeitos.proinfa_anual import automatic_columns, make_automatic
from contratos.services.situacao import lock, move
from contratos.services.trilha import SISTEMA, note
from portal import clock
from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from portal.auditoria.services import act
from portal.kernel.errors import DomainError

CONTA = "PROINFA-ACEP"
FLUXOS_ANCORAS = "contrato__fluxos__ancoras"


def open_proinfa(*, now: datetime) -> int:
    """Gives how many things it did."""
    steps: tuple[Callable[..., int], ...] = (
        _open_account, _january, proinfa_anos.apply_due, _open_months, _open_histories, proinfa_espera.conclude_due,
    )  # fmt: skip
    return sum(step(now=now) for step in steps)


def _open_account(*, now: datetime) -> int:
    """The ACEP's own contract: what nobody else has. Its number names the company, for the holder may change."""
    if proinfa.acep() is None or proinfa.account() is not None:
        return 0
    return _create_account(now=now)


@act()
def _create_account(*, now: datetime) -> int:
    acep = proinfa.acep()
    if acep is None or proinfa.account() is not None:
        return 0
    Agente.objects.select_for_update().get(pk=acep.pk)
    hoje = clock.local_date(now)
    conta = Contrato.objects.create(
        numero=f"{CONTA}-{acep.cnpj}", especie=Especie.PROINFA.value, vendedor=acep, suprimento_inicio=hoje,
        suprimento_fim=SEM_FIM, energia_mwh=0, montante_mwmed=0, created_at=now,
    )  # fmt: skip
    move(conta, Registro.REGISTRADO, by=SISTEMA, now=now, registered_at=now)
    return 1


def _open_months(*, now: datetime) -> int:
    """A flow for each unit and each month that has begun, from the first one with a quota."""
    hoje, prazo = clock.local_date(now), proinfa.deadline("MS+4du")
    return sum(_open_month(pk, hoje, prazo, now=now) for pk in _without_a_month(hoje))


def _without_a_month(hoje: date) -> list[int]:
    """One reading for all units. Months without a gap between the first flow and the last: both ends tell of all."""
    mes, own = KeyTextTransform("MS", FLUXOS_ANCORAS), Q(contrato__fluxos__procedimento=PROINFA_MES.codigo)
    rows = CotaDoProinfa.objects.filter(contrato__registro__in=proinfa.VIGENTES, contrato__suprimento_inicio__lte=hoje)
    rows = rows.select_related("contrato").annotate(
        de=Min(mes, filter=own), ate=Max(mes, filter=own), abertos=Count(mes, filter=own, distinct=True)
    )
    return [cota.pk for cota in rows.order_by("pk") if _lacks(_months(cota.contrato, cota, hoje), cota)]


def _lacks(wanted: list[date], cota: Any) -> bool:
    if not wanted or cota.de is None:
        return bool(wanted)
    de, ate = date.fromisoformat(cota.de), date.fromisoformat(cota.ate)
    return de > wanted[0] or ate < wanted[-1] or cota.abertos < _count(de, ate)


@act()
def _open_month(pk: int, hoje: date, prazo: Callable[[date], date], *, now: datetime) -> int:
    cota = CotaDoProinfa.objects.select_related("contrato").get(pk=pk)
    contrato = lock(cota.contrato)
    if contrato.registro not in proinfa.VIGENTES:
        return 0
    flows = contrato.fluxos.filter(procedimento=PROINFA_MES.codigo)
    have = set(flows.values_list("ancoras__MS", flat=True))
    wanted = [mes for mes in _months(contrato, cota, hoje) if mes.isoformat() not in have]
    for mes in wanted:
        ancoras = {"MS": mes, "Q": prazo(mes)}
        dados = {"mes": mes.isoformat()}
        nome = f"Apurar a cota de {mes:%m/%Y}"
        start(contrato, PROINFA_MES.codigo, by=SISTEMA, now=now, dados=dados, ancoras=ancoras, nome=nome)
    return len(wanted)


def _months(contrato: Contrato, cota: CotaDoProinfa, hoje: date) -> list[date]:
    """From the registration's own month on: what was before it had no unit to belong to."""
    first = contrato.suprimento_inicio.replace(day=1)
    if contrato.registered_at is not None:
        first = max(first, clock.local_date(contrato.registered_at).replace(day=1))
    last = min(hoje, contrato.suprimento_fim).replace(day=1)
    if cota.renunciada_de is not None:
        last = min(last, month(cota.renunciada_de, -1))
    return [month(first, later) for later in range(max(_count(first, last), 0))]


def _count(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _open_histories(*, now: datetime) -> int:
    """Of the calendar that CCEE announced, for each unit with a quota (3.43)."""
    hoje = clock.local_date(now)
    rows = Anuncio.objects.filter(codigo=Anuncio.Codigo.PROINFA_ANUAL, leilao=None, de__lte=hoje, ate__gte=hoje)
    cotas = CotaDoProinfa.objects.filter(contrato__registro__in=proinfa.VIGENTES, renunciada_de=None)
    return sum(_open_history(pk, row, now=now) for row in rows for pk in list(_without_a_history(cotas, row)))


def _without_a_history(cotas: QuerySet[CotaDoProinfa], anuncio: Anuncio) -> QuerySet[CotaDoProinfa, int]:
    flows = Fluxo.objects.filter(contrato=OuterRef("contrato"), procedimento=PROINFA_HISTORICO.codigo)
    have = flows.filter(dados__ano=str(anuncio.referencia.year))
    return cotas.exclude(Exists(have)).order_by("contrato").values_list("contrato", flat=True)


@act()
def _open_history(pk: int, anuncio: Anuncio, *, now: datetime) -> int:
    contrato, ano = lock(Contrato(pk=pk)), anuncio.referencia.year
    if contrato.fluxos.filter(procedimento=PROINFA_HISTORICO.codigo, dados__ano=str(ano)).exists():
        return 0
    ancoras = {"CAL:proinfa_anual": anuncio.ate, "ANO": date(ano - 1, 1, 1)}
    start(contrato, PROINFA_HISTORICO.codigo, by=SISTEMA, now=now, dados={"ano": str(ano)}, ancoras=ancoras)
    return 1


def _january(*, now: datetime) -> int:
    """3.66: a year whose ACEP was late, or whose curve has not the act's amount; until CCEE has done it."""
    hoje = clock.local_date(now)
    rows = AnoDoProinfa.objects.filter(ano__lte=hoje.year).order_by("ano")
    return sum(_set_year(ano.pk, now=now) for ano in rows if _is_due(ano) and not _is_refused(ano))


def _is_refused(ano: AnoDoProinfa) -> bool:
    """Its act gives no curve, and that was told: nothing is to be done until another act."""
    conta = proinfa.account()
    try:
        automatic_columns(ano)
    except DomainError as refusal:
        return conta is not None and _was_told(conta, ano, refusal.detail)
    return False


def _was_told(conta: Contrato, ano: AnoDoProinfa, why: str) -> bool:
    """Of the act as it stands: one that was stated anew is told of anew."""
    told = Evento.objects.filter(cnpj=conta.vendedor.cnpj, tipo="contrato.cota_pendente", at__gte=ano.stated_at)
    return told.filter(dados__ano=ano.ano, dados__motivo=why).exists()


def _is_due(ano: AnoDoProinfa) -> bool:
    """Where a plant changed the curve, its sum is not the act's any more, and need not be."""
    curva = proinfa.latest(ano)
    if curva is None:
        return True
    same = sum(proinfa.columns(curva)["COTAS"].values()) == ano.montante_mwh
    return curva.origem != Origem.GARANTIA_FISICA and not same


@act()
def _set_year(pk: int, *, now: datetime) -> int:
    """Through the ACEP's flow where it still waits for it."""
    conta, ano = proinfa.account(), AnoDoProinfa.objects.select_for_update().get(pk=pk)
    if conta is None or not _is_due(ano):
        return 0
    conta = lock(conta)
    flows = conta.fluxos.filter(procedimento=SAZO_PROINFA.codigo, dados__ano=str(ano.ano), closed_at=None)
    try:
        with transaction.atomic():
            _make(conta, ano, flows.first(), now=now)
    except DomainError as refusal:
        if not _was_told(conta, ano, refusal.detail):
            note(conta, "cota_pendente", by=SISTEMA, now=now, ano=ano.ano, motivo=refusal.detail)
        return 0
    return 1


def _make(conta: Contrato, ano: AnoDoProinfa, fluxo: Fluxo | None, *, now: datetime) -> None:
    if fluxo is None:
        make_automatic(conta, ano, by=SISTEMA, now=now)
        return
    andamento = Andamento(lock_flow(fluxo.pk), now)
    andamento.settle(by=SISTEMA)
    conclude(andamento, andamento.rows["Z2"], SAZO_PROINFA.por_codigo["Z2"], by=SISTEMA, evidencia={})
