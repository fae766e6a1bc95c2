"""The flows of a contract as a person follows them: what is done, whose turn it is, what is late, what comes next."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from contratos import procedimentos, selectors
from contratos.domain.andamento import FEITAS, Situacao
from contratos.domain.evidencia import Campo, Tipo
from contratos.domain.evidencia import fields as campos_de
from contratos.domain.prazos import MESES, AncoraFaltante, Vencimento, meaning, parse, work_out
from contratos.domain.procedimentos import RESPONSAVEIS, Fato, Procedimento, Responsavel
from contratos.domain.procedimentos import Atividade as Definicao
from contratos.domain.uso import Posse, days_used
from contratos.models import Atividade, Contrato, Fluxo
from contratos.paginas import leitor
from contratos.paginas.leitor import Leitor
from contratos.paginas.palavras import Etiqueta, Regua, brazilian
from portal import clock

SEM_PRAZO = "N.A."
LINHAS = 12  # of a table that is shown whole


@dataclass(frozen=True, slots=True)
class Olhar:
    """Who looks, the day it is, and the people named on the way."""

    leitor: Leitor
    regua: Regua
    pessoas: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Passo:
    """One activity, in one round. `no` picks the mark of the line: feita, agora, atrasada, depois or fora."""

    row: Atividade
    definicao: Definicao
    no: str
    quem: str
    por: str
    etiqueta: Etiqueta
    espera: str  # why it has no date yet
    evidencia: list[tuple[str, str]]
    contagem: Vencimento | None
    pode: bool  # the person who looks may close it now
    pode_assinar: bool
    assina: bool
    sozinha: bool

    @property
    def clausulas(self) -> str:
        return ", ".join(self.definicao.clausulas)


@dataclass(frozen=True, slots=True)
class FluxoVisto:
    fluxo: Fluxo
    procedimento: Procedimento
    passos: list[Passo]
    usados: list[tuple[str, int]]
    ancoras: list[tuple[str, str, str]]  # letter, meaning, date
    sub: list["FluxoVisto"] = field(default_factory=list)
    pode_cancelar: bool = False
    confirmar_decurso: bool = False


def read(contrato: Contrato, quem_le: Leitor, regua: Regua) -> list[FluxoVisto]:
    """The latest first, each with those that run under it."""
    rows = contrato.fluxos.select_related("marcos", "solicitante", "sucessora").prefetch_related("atividades")
    fluxos = [_of(fluxo, contrato) for fluxo in rows]
    people = leitor.names(row.closed_by for fluxo in fluxos for row in fluxo.atividades.all())
    above = {row.pk: fluxo.pk for fluxo in fluxos for row in fluxo.atividades.all()}
    under: dict[int, list[Fluxo]] = {}
    for fluxo in reversed(fluxos):
        if fluxo.sob_id is not None:
            under.setdefault(above[fluxo.sob_id], []).append(fluxo)
    return [
        _seen(fluxo, under.get(fluxo.pk, []), Olhar(quem_le, regua, people)) for fluxo in fluxos if fluxo.sob_id is None
    ]


def _of(fluxo: Fluxo, contrato: Contrato) -> Fluxo:
    """One contract for all of them: asking each who holds what asks the database nothing."""
    fluxo.contrato = contrato
    for row in fluxo.atividades.all():
        row.fluxo = fluxo
    return fluxo


def _seen(fluxo: Fluxo, under: Iterable[Fluxo], olhar: Olhar) -> FluxoVisto:
    sub = [_seen(each, (), olhar) for each in under]
    procedimento = procedimentos.of(fluxo)
    passos = [step(row, procedimento, olhar) for row in fluxo.atividades.all() if _is_shown(row, procedimento)]
    everything = [*passos, *(passo for each in sub for passo in each.passos)]
    return FluxoVisto(
        fluxo=fluxo,
        procedimento=procedimento,
        passos=passos,
        usados=_used(everything, olhar.regua),
        ancoras=[(letra, meaning(letra), _said_of(letra, fluxo.ancoras.get(letra))) for letra in procedimento.ancoras],
        sub=sub,
        pode_cancelar=_may_cancel(fluxo, everything, olhar.leitor),
        confirmar_decurso=olhar.leitor.ccee and any(_lapsed(passo) for passo in passos),
    )


def _is_shown(row: Atividade, procedimento: Procedimento) -> bool:
    """What only time brings about is no news until it has come."""
    by_time = procedimento.por_codigo[row.codigo].fato is Fato.DECURSO
    return not by_time or row.situacao in (Situacao.ABERTA, Situacao.CONCLUIDA)


def step(row: Atividade, procedimento: Procedimento, olhar: Olhar, *, counted: bool = False) -> Passo:
    """`counted`: with the day-by-day count even where it is closed or waits."""
    definicao = procedimento.por_codigo[row.codigo]
    is_open = row.situacao == Situacao.ABERTA
    is_theirs = is_open and olhar.leitor.may(row.fluxo, row.responsavel)
    return Passo(
        row=row,
        definicao=definicao,
        no=_mark(row, olhar.regua),
        quem=leitor.holder(row),
        por=olhar.pessoas.get(row.closed_by, row.closed_by),
        etiqueta=olhar.regua.label(row),
        espera="" if row.vence_em or row.closed_at else _waits_for(row),
        evidencia=stated(definicao, row),
        contagem=count(row, definicao, olhar.regua) if counted or is_open else None,
        pode=is_theirs and definicao.fato is None,
        pode_assinar=is_theirs and definicao.fato is Fato.ASSINATURA,
        assina=definicao.fato is Fato.ASSINATURA,
        sozinha=definicao.fato in (Fato.SUBFLUXO, Fato.DECURSO),
    )


def _mark(row: Atividade, regua: Regua) -> str:
    if row.situacao in FEITAS:
        return "feita"
    if row.situacao == Situacao.CANCELADA:
        return "fora"
    if row.situacao == Situacao.AGUARDANDO:
        return "depois"
    return "atrasada" if regua.is_late(row) else "agora"


def _waits_for(row: Atividade) -> str:
    """Why there is no date: the document gives none, or the day that it counts from is not known."""
    return "o documento não dá prazo" if row.prazo == SEM_PRAZO else f"{row.prazo}: falta a data de que se conta"


def count(row: Atividade, definicao: Definicao, regua: Regua) -> Vencimento | None:
    """Day by day; None where there is no date, or it was counted from dates that are no longer these."""
    if row.vence_em is None:
        return None
    ancoras = {letra: date.fromisoformat(day) for letra, day in row.fluxo.ancoras.items()}
    if definicao.recomeca and (sent := _sent_again(row, definicao)):
        ancoras["T"] = sent
    try:
        found = work_out(parse(row.prazo), ancoras, regua.calendario, selectors.conventions())
    except AncoraFaltante:
        return None
    return found if found.data == row.vence_em else None


def _sent_again(row: Atividade, definicao: Definicao) -> date | None:
    before = {codigo for term in definicao.anteriores for codigo in term}
    ends = [
        selectors.deadline_day(other.closed_at)
        for other in row.fluxo.atividades.all()
        if other.codigo in before and other.rodada == row.rodada > 1 and other.closed_at
    ]
    return max(ends, default=None)


def stated(definicao: Definicao, row: Atividade) -> list[tuple[str, str]]:
    """The evidence in words; what no field names any longer keeps the name that it was stored with."""
    campos = {campo.nome: campo for campo in campos_de(definicao.evidencia)}
    return [
        (campos[nome].rotulo if nome in campos else nome, _said(campos.get(nome), text))
        for nome, text in row.evidencia.items()
    ]


def _said(campo: Campo | None, text: str) -> str:
    if campo is not None and campo.tipo is Tipo.DATA:
        return _date(text)
    if campo is not None and campo.tipo is Tipo.TABELA:
        return _table(text)
    return dict(campo.opcoes).get(text, text) if campo is not None else str(text)


def _table(text: str) -> str:
    """On one line; of a long one how long it is, and where it begins and ends."""
    lines = text.splitlines()
    return " · ".join(lines) if len(lines) <= LINHAS else f"{len(lines)} linhas, de “{lines[0]}” a “{lines[-1]}”"


def _used(passos: Iterable[Passo], regua: Regua) -> list[tuple[str, int]]:
    """Who has used none is not named."""
    used = days_used(_held(passos), regua.calendario, hoje=regua.hoje)
    return [(quem, days) for quem, days in used.items() if days]


def _held(passos: Iterable[Passo]) -> Iterator[Posse]:
    for passo in passos:
        row = passo.row
        if row.opened_at is not None and not passo.sozinha:
            ate = clock.local_date(row.closed_at) if row.closed_at else None
            yield Posse(_role(row), clock.local_date(row.opened_at), ate)


def _may_cancel(fluxo: Fluxo, passos: Iterable[Passo], quem_le: Leitor) -> bool:
    if fluxo.closed_at is not None or any(passo.assina and passo.row.situacao in FEITAS for passo in passos):
        return False
    return quem_le.ccee or (fluxo.solicitante_id is not None and fluxo.solicitante_id in quem_le.alteraveis)


def _role(row: Atividade) -> str:
    """As the contract calls its sides."""
    sides = dict(zip((Responsavel.VENDEDOR, Responsavel.COMPRADOR), row.fluxo.contrato.papeis, strict=True))
    responsavel = Responsavel(row.responsavel)
    return sides.get(responsavel, RESPONSAVEIS[responsavel])


def _lapsed(passo: Passo) -> bool:
    return passo.definicao.fato is Fato.DECURSO and passo.row.situacao == Situacao.ABERTA


def _said_of(letra: str, iso: str | None) -> str:
    """A month is kept by its first day, which says nothing to a reader."""
    return f"{date.fromisoformat(iso):%m/%Y}" if iso and letra in MESES else _date(iso)


def _date(iso: str | None) -> str:
    return brazilian(date.fromisoformat(iso)) if iso else ""
