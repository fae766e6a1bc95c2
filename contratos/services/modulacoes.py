"""The dates that CCEE announced for a month: a flow for each contract, and flat when the PLD is out (3.60, 3.78)."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from contratos import modulacao
from contratos.domain.andamento import Situacao
from contratos.domain.contrato import Especie, Registro
from contratos.domain.montantes.meses import last_day
from contratos.domain.prazos import month
from contratos.domain.procedimentos import Procedimento
from contratos.domain.procedimentos.modulacao import MODULACAO_CA, MODULACAO_CA_SO_COMPRADOR, MODULACAO_CBR
from contratos.models import Anuncio, Atividade, Contrato, Fluxo, Modulacao
from contratos.services.aberturas import new
from contratos.services.ancoras import move_anchors
from contratos.services.andamento import Andamento
from contratos.services.andamento import lock as hold
from contratos.services.atividades import conclude
from contratos.services.fluxos import begin
from contratos.services.horas import name_month
from contratos.services.situacao import lock
from contratos.services.trilha import SISTEMA
from portal import clock
from portal.auditoria.services import act

Codigo = Anuncio.Codigo
DE_MODULACAO = [each.codigo for each in (MODULACAO_CA, MODULACAO_CA_SO_COMPRADOR, MODULACAO_CBR)]
FLAT = "H3"  # the activity by which CCEE modulates what nobody did


def open_months(*, now: datetime) -> int:
    """For each announced month, each contract in a transaction of its own. Gives how many it opened.

    A month whose dates are over is opened still, for a while: what nobody could do in time becomes flat. Where dates
    were announced anew, the deadlines of what is open move with them.
    """
    hoje = clock.local_date(now)
    late = Q(referencia__gte=month(hoje, -1).replace(day=1))
    rows = Anuncio.objects.filter(late | Q(ate__gte=hoje), codigo__in=[Codigo.MODULACAO_CA, Codigo.PMO])
    return sum(_open(pk, anuncio, now=now) for anuncio in rows.order_by("pk") for pk in list(_concerned(anuncio)))


def _concerned(anuncio: Anuncio) -> QuerySet[Contrato, int]:
    """In force and with supply in that month; of a general announcement, those whose auction has none of its own.

    The routine comes by each hour: what stands as it was announced, or is modulated already, is not looked at again.
    """
    mes, especie = anuncio.referencia.replace(day=1), Especie.CBR if anuncio.codigo == Codigo.PMO else Especie.CA
    rows = modulacao.ex_ante() if especie is Especie.CBR else _adjustment(anuncio, mes)
    rows = rows.filter(suprimento_inicio__lte=last_day(mes), suprimento_fim__gte=mes)
    ancoras = _anchors(Contrato(especie=especie.value), anuncio, mes)
    flows = Fluxo.objects.filter(contrato=OuterRef("pk"), procedimento__in=DE_MODULACAO, closed_at=None)
    as_announced = flows.filter(**{f"ancoras__{nome}": day.isoformat() for nome, day in ancoras.items()})
    done = Modulacao.objects.filter(contrato=OuterRef("pk"), mes=mes, situacao=Modulacao.Situacao.FINAL)
    return rows.exclude(Exists(as_announced)).exclude(Exists(done)).order_by("pk").values_list("pk", flat=True)


def _adjustment(anuncio: Anuncio, mes: date) -> QuerySet[Contrato]:
    rows = Contrato.objects.filter(especie=Especie.CA.value, registro=Registro.REGISTRADO.value)
    if anuncio.leilao_id:
        return rows.filter(leilao=anuncio.leilao_id)
    own = Anuncio.objects.filter(codigo=anuncio.codigo, referencia__range=(mes, last_day(mes)), leilao__isnull=False)
    return rows.exclude(leilao__in=own.values("leilao"))


@act()
def _open(pk: int, anuncio: Anuncio, *, now: datetime) -> int:
    """Two runs at once: the second waits for the contract's row, and then finds its flow."""
    contrato, mes = lock(Contrato(pk=pk)), anuncio.referencia.replace(day=1)
    procedimento, ancoras = _procedure(contrato), _anchors(contrato, anuncio, mes)
    known = modulacao.flow(contrato, mes)
    if known is not None and known.closed_at is None:
        _follow(known, ancoras, now=now)
        return 0
    found = modulacao.of_month(contrato, mes)
    if found is None or not found.energia or modulacao.final(contrato, mes) is not None:
        return 0  # without energy, or not seasonalised yet: tomorrow's run looks again
    name_month(begin(new(contrato, procedimento.codigo, by=SISTEMA, now=now, ancoras=ancoras), now=now))
    return 1


def _procedure(contrato: Contrato) -> Procedimento:
    if contrato.tipo is Especie.CBR:
        return MODULACAO_CBR
    return MODULACAO_CA if settings.MODULACAO_EXIGE_VALIDACAO else MODULACAO_CA_SO_COMPRADOR


def _anchors(contrato: Contrato, anuncio: Anuncio, mes: date) -> dict[str, date]:
    """Where the day of the PLD is not announced, that of the PMO counts for it (docs/decisions/033)."""
    if contrato.tipo is not Especie.CBR:
        return {"CAL:modulacao_ca": anuncio.ate, "MS": mes}
    pld = modulacao.announced(Codigo.PLD, contrato, mes)
    return {"CAL:pmo": anuncio.de, "CAL:pld": pld.de if pld else anuncio.de, "MS": mes}


def _follow(fluxo: Fluxo, ancoras: dict[str, date], *, now: datetime) -> None:
    if any(fluxo.ancoras.get(nome) != day.isoformat() for nome, day in ancoras.items()):
        move_anchors(fluxo, ancoras, by=SISTEMA, now=now)


def modulate_due(*, now: datetime) -> int:
    """CBRs whose PLD is out and whose entry was closed without a validation. Gives how many became flat (3.78.2)."""
    due = Atividade.objects.filter(
        fluxo__procedimento=MODULACAO_CBR.codigo, codigo=FLAT, situacao=Situacao.ABERTA.value,
        vence_em__lte=clock.local_date(now),
    )  # fmt: skip
    return sum(_modulate(pk, now=now) for pk in list(due.order_by("pk").values_list("fluxo", flat=True)))


@act()
def _modulate(pk: int, *, now: datetime) -> int:
    andamento = Andamento(hold(pk), now)
    row = andamento.rows[FLAT]
    if row.situacao != Situacao.ABERTA:
        return 0
    conclude(andamento, row, andamento.procedimento.por_codigo[FLAT], by=SISTEMA, evidencia={})
    return 1
