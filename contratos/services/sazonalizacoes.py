"""The period that CCEE announced for a year: a flow for each contract, its deadlines where the period moves (3.48)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from contratos import montantes
from contratos.domain.contrato import Especie, Registro
from contratos.domain.procedimentos import Procedimento
from contratos.domain.procedimentos.sazonalizacao import SAZO_CA, SAZO_CCEAR
from contratos.domain.sazonalizacao import Regra
from contratos.models import Anuncio, Contrato, Fluxo
from contratos.services.aberturas import new
from contratos.services.ancoras import move_anchors
from contratos.services.fluxos import begin
from contratos.services.situacao import lock
from contratos.services.trilha import SISTEMA
from portal import clock
from portal.auditoria.services import act

DIA = timedelta(days=1)
# Of each announcement: the procedure that it opens, for contracts of which kind and by which rule.
ABREM = {
    Anuncio.Codigo.SAZO_CCEAR: (SAZO_CCEAR, Especie.CCEAR_QUANTIDADE, Regra.PARTES),
    Anuncio.Codigo.SAZO_CA: (SAZO_CA, Especie.CA, Regra.AJUSTE),
}


def open_years(*, now: datetime) -> int:
    """For each announced period that is not over, each contract in a transaction of its own. Gives how many it opened.

    Where a period was announced anew, the deadlines of what is open move with it.
    """
    rows = Anuncio.objects.filter(codigo__in=list(ABREM), ate__gte=clock.local_date(now)).order_by("pk")
    return sum(_open_all(anuncio, now=now) for anuncio in rows)


def _open_all(anuncio: Anuncio, *, now: datetime) -> int:
    return sum(_open(pk, anuncio, now=now) for pk in list(_concerned(anuncio)))


def _concerned(anuncio: Anuncio) -> Iterator[int]:
    """Registered and with supply in that year; of a general announcement, those whose auction has none of its own."""
    ano = anuncio.referencia
    _, especie, _ = ABREM[Anuncio.Codigo(anuncio.codigo)]
    rows = Contrato.objects.filter(especie=especie.value, registro=Registro.REGISTRADO.value)
    rows = rows.filter(suprimento_inicio__lte=date(ano.year, 12, 31), suprimento_fim__gte=ano)
    own = Anuncio.objects.filter(codigo=anuncio.codigo, referencia=ano, leilao__isnull=False).values("leilao")
    rows = rows.filter(leilao=anuncio.leilao_id) if anuncio.leilao_id else rows.exclude(leilao__in=own)
    return rows.order_by("pk").values_list("pk", flat=True).iterator()


@act()
def _open(pk: int, anuncio: Anuncio, *, now: datetime) -> int:
    """Two runs at once: the second waits for the contract's row, and then finds its flow."""
    procedimento, _, regra = ABREM[Anuncio.Codigo(anuncio.codigo)]
    contrato, ano = lock(Contrato(pk=pk)), anuncio.referencia.year
    ancoras = _anchors(procedimento, contrato, anuncio)
    known = contrato.fluxos.filter(procedimento=procedimento.codigo, dados__ano=str(ano)).first()
    if known is not None:
        _follow(known, ancoras, now=now)
        return 0
    over = montantes.final(contrato, ano) is not None or not montantes.year(contrato, ano).horas
    if over or montantes.rule(contrato) is not regra or ancoras[procedimento.ancoras[0]] < clock.local_date(now):
        return 0
    fluxo = new(contrato, procedimento.codigo, by=SISTEMA, now=now, ancoras=ancoras)
    fluxo.dados = {"ano": str(ano)}
    begin(fluxo, now=now)
    return 1


def _anchors(procedimento: Procedimento, contrato: Contrato, anuncio: Anuncio) -> dict[str, date]:
    """A CA is seasonalised by both before its supply begins (3.57), and within the period of its auction."""
    ate = anuncio.ate
    if contrato.tipo is Especie.CA:
        ate = min(ate, contrato.suprimento_inicio - DIA)
    return {procedimento.ancoras[0]: ate, "ANO": date(anuncio.referencia.year - 1, 1, 1)}


def _follow(fluxo: Fluxo, ancoras: dict[str, date], *, now: datetime) -> None:
    if fluxo.closed_at is None and any(fluxo.ancoras.get(nome) != day.isoformat() for nome, day in ancoras.items()):
        move_anchors(fluxo, ancoras, by=SISTEMA, now=now)
