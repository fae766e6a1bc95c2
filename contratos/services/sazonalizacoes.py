"""The period that CCEE announced for a year: a flow for each contract, its deadlines where the period moves (3.48)."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from contratos import acesso, montantes
from contratos.domain.andamento import Situacao
from contratos.domain.contrato import Especie, Registro
from contratos.domain.procedimentos import Procedimento
from contratos.domain.procedimentos.sazonalizacao import DE_SAZONALIZACAO, SAZO_CA, SAZO_CCEAR
from contratos.domain.procedimentos.sazonalizacao_ccee import INFLEXIBILIDADE, SAZO_COTAS, SAZO_USINA
from contratos.domain.sazonalizacao import Regra
from contratos.models import Anuncio, Atividade, Contrato, Fluxo, RegraDeSazonalizacao, Sazonalizacao
from contratos.services.aberturas import new
from contratos.services.ancoras import move_anchors
from contratos.services.atividades import close_activity
from contratos.services.efeitos.sazonalizacao import CAMPO
from contratos.services.fluxos import begin
from contratos.services.situacao import lock
from contratos.services.trilha import SISTEMA
from portal import clock
from portal.agentes.acesso import Ator
from portal.auditoria.services import act
from portal.kernel.errors import Conflict

DIA = timedelta(days=1)
INFORMAR = "Z1"
# Of each announcement: the procedures that it opens, for contracts of which kind and by which rule.
ABREM = (
    (Anuncio.Codigo.SAZO_CCEAR, SAZO_CCEAR, Especie.CCEAR_QUANTIDADE, Regra.PARTES),
    (Anuncio.Codigo.SAZO_CCEAR, SAZO_USINA, Especie.CCEAR_QUANTIDADE, Regra.DISPONIBILIDADE),
    (Anuncio.Codigo.SAZO_CA, SAZO_CA, Especie.CA, Regra.AJUSTE),
)
# What CCEE does each year for the next one, from the month of the year in which it begins to.
DA_CCEE = ((INFLEXIBILIDADE, Especie.CCEAR_DISPONIBILIDADE), (SAZO_COTAS, Especie.CCGF), (SAZO_COTAS, Especie.CCEN))
COMECA = 10


def open_years(*, now: datetime) -> int:
    """For each announced period that is not over, each contract in a transaction of its own. Gives how many it opened.

    Where a period was announced anew, the deadlines of what is open move with it.
    """
    hoje = clock.local_date(now)
    rows = Anuncio.objects.filter(codigo__in={codigo for codigo, *_ in ABREM}, ate__gte=hoje).order_by("pk")
    opened = sum(
        _open(pk, anuncio, procedimento, regra, now=now)
        for anuncio in rows
        for codigo, procedimento, especie, regra in ABREM
        if codigo == anuncio.codigo
        for pk in list(_concerned(anuncio, procedimento, especie, regra))
    )
    return opened + (_open_ours(hoje.year + 1, now=now) if hoje.month >= COMECA else 0)


def _concerned(anuncio: Anuncio, procedimento: Procedimento, especie: Especie, regra: Regra) -> QuerySet[Contrato, int]:
    """Of a general announcement, those whose auction has none of its own.

    The routine comes by each hour: what stands as it was announced, is over or is set already is not looked at again.
    """
    own = Anuncio.objects.filter(codigo=anuncio.codigo, referencia=anuncio.referencia, leilao__isnull=False)
    rows = _supplied(especie, anuncio.referencia.year)
    rows = rows.filter(leilao=anuncio.leilao_id) if anuncio.leilao_id else rows.exclude(leilao__in=own.values("leilao"))
    if regra is Regra.DISPONIBILIDADE:
        rows = rows.filter(leilao__in=RegraDeSazonalizacao.objects.filter(regra=regra.value).values("leilao"))
    ano = str(anuncio.referencia.year)
    flows = Fluxo.objects.filter(contrato=OuterRef("pk"), procedimento=procedimento.codigo, dados__ano=ano)
    as_announced = Q(**{f"ancoras__{procedimento.ancoras[0]}": anuncio.ate.isoformat()})
    done = Sazonalizacao.objects.filter(contrato=OuterRef("pk"), ano=ano, situacao=Sazonalizacao.Situacao.FINAL)
    settled = flows.filter(as_announced | Q(closed_at__isnull=False))
    return rows.exclude(Exists(settled)).exclude(Exists(done)).order_by("pk").values_list("pk", flat=True)


def _supplied(especie: Especie, ano: int) -> QuerySet[Contrato]:
    """Registered, and with supply in that year."""
    rows = Contrato.objects.filter(especie=especie.value, registro=Registro.REGISTRADO.value)
    return rows.filter(suprimento_inicio__lte=date(ano, 12, 31), suprimento_fim__gte=date(ano, 1, 1))


def _open_ours(ano: int, *, now: datetime) -> int:
    found = 0
    for procedimento, especie in DA_CCEE:
        have = Fluxo.objects.filter(procedimento=procedimento.codigo, dados__ano=str(ano)).values("contrato")
        waiting = _supplied(especie, ano).exclude(pk__in=have).order_by("pk")
        found += sum(_open_one(pk, procedimento, ano, now=now) for pk in list(waiting.values_list("pk", flat=True)))
    return found


@act()
def _open_one(pk: int, procedimento: Procedimento, ano: int, *, now: datetime) -> int:
    contrato = lock(Contrato(pk=pk))
    if contrato.fluxos.filter(procedimento=procedimento.codigo, dados__ano=str(ano)).exists():
        return 0
    _begin(contrato, procedimento, ano, {"ANO": date(ano - 1, 1, 1)}, now=now)
    return 1


@act()
def _open(pk: int, anuncio: Anuncio, procedimento: Procedimento, regra: Regra, *, now: datetime) -> int:
    """Two runs at once: the second waits for the contract's row, and then finds its flow."""
    contrato, ano = lock(Contrato(pk=pk)), anuncio.referencia.year
    ancoras = _anchors(procedimento, contrato, anuncio)
    known = contrato.fluxos.filter(procedimento=procedimento.codigo, dados__ano=str(ano)).first()
    if known is not None:
        _follow(known, ancoras, now=now)
        return 0
    over = montantes.final(contrato, ano) is not None or not montantes.year(contrato, ano).horas
    if over or montantes.rule(contrato) is not regra:
        return 0
    if regra is Regra.DISPONIBILIDADE and montantes.same_plant(contrato, ano)[0] != contrato:
        return 0  # the plant's flow is at its first contract (3.51.2)
    _begin(contrato, procedimento, ano, ancoras, now=now)
    return 1


def _begin(
    contrato: Contrato, procedimento: Procedimento, ano: int, ancoras: dict[str, date], *, now: datetime
) -> None:
    fluxo = new(contrato, procedimento.codigo, by=SISTEMA, now=now, ancoras=ancoras)
    fluxo.dados = {"ano": str(ano)}
    begin(fluxo, now=now)


def _anchors(procedimento: Procedimento, contrato: Contrato, anuncio: Anuncio) -> dict[str, date]:
    """The first year of a CA is seasonalised by both before its supply begins, if that is sooner (3.57)."""
    ate = anuncio.ate
    if contrato.tipo is Especie.CA and contrato.suprimento_inicio.year == anuncio.referencia.year:
        ate = min(ate, contrato.suprimento_inicio - DIA)
    return {procedimento.ancoras[0]: ate, "ANO": date(anuncio.referencia.year - 1, 1, 1)}


def _follow(fluxo: Fluxo, ancoras: dict[str, date], *, now: datetime) -> None:
    if fluxo.closed_at is None and any(fluxo.ancoras.get(nome) != day.isoformat() for nome, day in ancoras.items()):
        move_anchors(fluxo, ancoras, by=SISTEMA, now=now)


def inform_year(contrato: Contrato, ano: int, tabela: str, *, ator: Ator, now: datetime) -> Atividade:
    """The buyer's table, wherever it was written. Raises Conflict where that year does not wait for it."""
    ours = [each.codigo for each in (*DE_SAZONALIZACAO, SAZO_USINA, SAZO_COTAS)]
    flows = contrato.fluxos.filter(procedimento__in=ours, dados__ano=str(ano))
    row = Atividade.objects.filter(fluxo__in=flows, codigo=INFORMAR, situacao=Situacao.ABERTA.value).first()
    if row is None:
        acesso.find(ator, contrato.numero, now=now)
        raise Conflict(_why_not(contrato, ano))
    return close_activity(row.pk, ator=ator, now=now, evidencia={CAMPO: tabela})


def _why_not(contrato: Contrato, ano: int) -> str:
    first = next(iter(montantes.same_plant(contrato, ano)), contrato)
    if montantes.rule(contrato) is Regra.DISPONIBILIDADE and first != contrato:
        return (
            f"Cláusula 3.51.2: a usina tem um só perfil para todos os contratos do produto. Informe-o no contrato "
            f"{first.numero}."
        )
    return f"A sazonalização de {ano} não espera por ninguém agora. Veja o andamento no contrato."
