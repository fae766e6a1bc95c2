"""What nobody asks for in PROINFA: the ACEP's account, the months' flows, what falls due, January's run.

Each contract is a transaction of its own; a second run, also at the same time, finds nothing left to do.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from contratos import proinfa
from contratos.domain.andamento import Situacao
from contratos.domain.contrato import SEM_FIM, Especie, Registro
from contratos.domain.prazos import month
from contratos.domain.procedimentos.proinfa import PROINFA_MES
from contratos.domain.procedimentos.proinfa_anual import PROINFA_HISTORICO, SAZO_PROINFA
from contratos.domain.proinfa import Origem
from contratos.models import AnoDoProinfa, Anuncio, Atividade, Contrato, CotaDoProinfa, Fluxo
from contratos.services import proinfa_anos
from contratos.services.aberturas import start
from contratos.services.andamento import Andamento
from contratos.services.andamento import lock as lock_flow
from contratos.services.atividades import conclude
from contratos.services.efeitos.proinfa_anual import make_automatic
from contratos.services.situacao import lock, move
from contratos.services.trilha import SISTEMA, note
from portal import clock
from portal.agentes.models import Agente
from portal.auditoria.services import act
from portal.kernel.errors import DomainError

CONTA = "PROINFA-ACEP"


def open_proinfa(*, now: datetime) -> int:
    """Gives how many things it did."""
    steps: tuple[Callable[..., int], ...] = (
        _open_account, _january, proinfa_anos.apply_due, _open_months, _open_histories, _conclude_due,
    )  # fmt: skip
    return sum(step(now=now) for step in steps)


@act()
def _open_account(*, now: datetime) -> int:
    """The ACEP's own contract: what nobody else has. Its number names the company, for the holder may change."""
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
    hoje = clock.local_date(now)
    rows = CotaDoProinfa.objects.filter(contrato__registro__in=proinfa.VIGENTES, contrato__suprimento_inicio__lte=hoje)
    prazo = proinfa.deadline("MS+4du")
    return sum(_open_month(pk, hoje, prazo, now=now) for pk in list(rows.order_by("pk").values_list("pk", flat=True)))


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
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [month(first, later) for later in range(max(count, 0))]


def _open_histories(*, now: datetime) -> int:
    """Of the calendar that CCEE announced, for each unit with a quota (3.43)."""
    hoje = clock.local_date(now)
    rows = Anuncio.objects.filter(codigo=Anuncio.Codigo.PROINFA_ANUAL, leilao=None, de__lte=hoje, ate__gte=hoje)
    cotas = CotaDoProinfa.objects.filter(contrato__registro__in=proinfa.VIGENTES, renunciada_de=None)
    pks = list(cotas.order_by("contrato").values_list("contrato", flat=True))
    return sum(_open_history(pk, anuncio, now=now) for anuncio in rows for pk in pks)


@act()
def _open_history(pk: int, anuncio: Anuncio, *, now: datetime) -> int:
    contrato, ano = lock(Contrato(pk=pk)), anuncio.referencia.year
    if contrato.fluxos.filter(procedimento=PROINFA_HISTORICO.codigo, dados__ano=str(ano)).exists():
        return 0
    ancoras = {"CAL:proinfa_anual": anuncio.ate, "ANO": date(ano - 1, 1, 1)}
    start(contrato, PROINFA_HISTORICO.codigo, by=SISTEMA, now=now, dados={"ano": str(ano)}, ancoras=ancoras)
    return 1


def _conclude_due(*, now: datetime) -> int:
    """What CCEE's system works out by itself; what lacks something waits, and the agents are told why."""
    due = (("proinfa_mes", "Q1"), ("proinfa_historico", "H1"), ("proinfa_historico", "H3"))
    return sum(_try(pk, now=now) for procedimento, codigo in due for pk in list(_open_rows(procedimento, codigo, now)))


def _open_rows(procedimento: str, codigo: str, now: datetime) -> QuerySet[Atividade, int]:
    rows = Atividade.objects.filter(
        fluxo__procedimento=procedimento, codigo=codigo, situacao=Situacao.ABERTA.value, fluxo__closed_at=None
    )
    if codigo == "Q1":
        rows = rows.filter(vence_em__lte=clock.local_date(now))
    return rows.order_by("pk").values_list("pk", flat=True)


@act()
def _try(pk: int, *, now: datetime) -> int:
    row = Atividade.objects.select_related("fluxo").get(pk=pk)
    andamento = Andamento(lock_flow(row.fluxo_id), now)
    row = andamento.rows[row.codigo]
    if row.situacao != Situacao.ABERTA:
        return 0
    try:
        with transaction.atomic():
            conclude(andamento, row, andamento.procedimento.por_codigo[row.codigo], by=SISTEMA, evidencia={})
    except DomainError as refusal:
        return _wait(row, refusal.detail, now=now)
    return 1


def _wait(row: Atividade, why: str, *, now: datetime) -> int:
    """Told once for each reason."""
    fluxo = lock_flow(row.fluxo_id)
    if fluxo.dados.get("pendencia") != why:
        fluxo.dados["pendencia"] = why
        fluxo.save(update_fields=["dados"])
        note(fluxo.contrato, "cota_pendente", by=SISTEMA, now=now, atividade=row.codigo, motivo=why)
    return 0


def _january(*, now: datetime) -> int:
    """3.66: a year whose ACEP was late, or whose curve has not the act's amount; until CCEE has done it."""
    hoje = clock.local_date(now)
    rows = AnoDoProinfa.objects.filter(ano__lte=hoje.year).order_by("ano")
    return sum(_set_year(ano.pk, now=now) for ano in rows if _is_due(ano))


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
