"""A month by the hour: what it has, within what, what comes if nobody acts, and a trial before sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contratos import modulacao
from contratos.domain.andamento import Situacao
from contratos.domain.modulacao import Mes
from contratos.domain.montantes import grade
from contratos.domain.montantes.exato import number, total
from contratos.domain.periodos import DIA, HORAS_DO_DIA
from contratos.models import Atividade, Contrato, Fluxo, Modulacao
from contratos.paginas import curva, horas, leitor
from contratos.paginas.horas import ENTRADA, VALIDACAO
from contratos.paginas.palavras import Etiqueta, decimal
from portal.agentes.acesso import Ator
from portal.kernel.errors import NotFound

TONS = {"final": "ok", "proposta": "alerta"}


@dataclass(frozen=True, slots=True)
class Dia:
    """Sum, least and most of a day, and its hours: each with whether it may stay so."""

    data: date
    energia: str
    menor: str
    maior: str
    horas: list[tuple[str, bool]]
    fora: int


@dataclass(frozen=True, slots=True)
class Ensaio:
    """What was tried: nothing of it is kept."""

    problemas: list[str]

    @property
    def serve(self) -> bool:
        return not self.problemas


@dataclass(frozen=True, slots=True)
class MesVisto:
    """One line of the contract's page."""

    mes: date
    fluxo: Fluxo
    etiqueta: Etiqueta


def page(contrato: Contrato, mes: date, ator: Ator, *, now: datetime, tentado: str | None = None) -> dict[str, Any]:
    """Raises NotFound for a month that has no hours to state. `tentado`: a table to try."""
    lido = horas.read(contrato, mes, tentado=tentado)
    do_mes, inicio, fora = lido.do_mes, lido.do_mes.dias.de, lido.fora
    return {
        "contrato": contrato,
        "mes": mes,
        "do_mes": do_mes,
        "energia": decimal(do_mes.energia, 6),
        "media": decimal(do_mes.energia / do_mes.horas, 6),
        "potencia": _power(do_mes),
        "modulacao": lido.shown,
        "anteriores": lido.antes,
        "fluxo": lido.fluxo,
        "passos": [(row, leitor.holder(row)) for row in lido.abertas],
        "atividade": _ours(lido.fluxo, ENTRADA, ator, now=now),
        "validacao": _ours(lido.fluxo, VALIDACAO, ator, now=now),
        "faltas": lido.impediments(now=now),
        "na_falta": _fallback(do_mes),
        "aviso": do_mes.flat_problem(),
        "curva": curva.of_month(inicio, lido.horas, do_mes.potencia, fora),
        "dias": _days(inicio, lido.horas, set(fora)),
        "horas_do_dia": range(HORAS_DO_DIA),
        "ensaio": None if lido.problemas is None else Ensaio(lido.problemas),
        "tabela": tentado if tentado is not None else _table(inicio, lido.horas),
    }


def as_csv(contrato: Contrato, mes: date) -> bytes:
    """What the page shows: final, waiting for its validation, or what comes if nobody acts."""
    lido = horas.read(contrato, mes)
    return grade.write_hours(lido.do_mes.dias.de, lido.horas)


def entry(contrato: Contrato, mes: date) -> int:
    """The key of the activity by which the hours are stated. Raises NotFound where no flow was opened for the month."""
    fluxo = modulacao.flow(contrato, mes)
    if fluxo is None:
        raise NotFound(
            f"A modulação de {mes:%m/%Y} ainda não está aberta neste contrato: ela se abre quando a CCEE anuncia as "
            "datas do mês."
        )
    return fluxo.atividades.filter(codigo=ENTRADA).order_by("-rodada")[0].pk


def of_contract(contrato: Contrato) -> list[MesVisto]:
    """The latest first; nothing for a contract whose hours nobody states."""
    if contrato.tipo not in modulacao.MODULADAS:
        return []
    rows = {row.mes: row for row in contrato.modulacoes.filter(situacao__in=TONS).defer("horas", "entrada")}
    fluxos = contrato.fluxos.filter(procedimento__in=modulacao.FLUXOS)
    seen = [_line(fluxo, rows.get(modulacao.month_of(fluxo))) for fluxo in fluxos]
    return sorted(seen, key=lambda each: each.mes, reverse=True)


def _line(fluxo: Fluxo, row: Modulacao | None) -> MesVisto:
    words = row.get_origem_display() if row and row.final_at else fluxo.estado
    return MesVisto(modulacao.month_of(fluxo), fluxo, Etiqueta(TONS.get(row.situacao if row else "", "neutro"), words))


def _power(do_mes: Mes) -> str:
    limites = do_mes.potencia
    return f"de {decimal(limites.minima, 6)} a {decimal(limites.maxima, 6)} MW" if limites else ""


def _ours(fluxo: Fluxo | None, codigo: str, ator: Ator, *, now: datetime) -> Atividade | None:
    """The activity that waits for this person."""
    if fluxo is None:
        return None
    rows = fluxo.atividades.filter(codigo=codigo, situacao=Situacao.ABERTA.value).select_related("fluxo__contrato")
    row = rows.first()
    return row if row and leitor.of(ator, now=now).may(row.fluxo, row.responsavel) else None


def _fallback(do_mes: Mes) -> list[tuple[str, str]]:
    """What each hour has if nobody informs and validates; the first one, where it has the residual."""
    flat = do_mes.flat()
    if len(set(flat[1:])) > 1:  # a bilateral contract whose amount changes within the month
        return [("Cada hora", "o montante do período de vigência em que está")]
    found = [("Cada hora" if flat[0] == flat[-1] else "Cada uma das outras", f"{number(flat[-1])} MWh")]
    return found if flat[0] == flat[-1] else [("Primeira hora", f"{number(flat[0])} MWh"), *found]


def _days(inicio: date, horas: Sequence[Decimal], fora: set[int]) -> list[Dia]:
    return [
        _day(inicio + first // HORAS_DO_DIA * DIA, list(enumerate(horas))[first : first + HORAS_DO_DIA], fora)
        for first in range(0, len(horas), HORAS_DO_DIA)
    ]


def _day(data: date, horas: Sequence[tuple[int, Decimal]], fora: set[int]) -> Dia:
    valores = [valor for _, valor in horas]
    cells = [(decimal(valor, 6), hora not in fora) for hora, valor in horas]
    return Dia(
        data,
        decimal(total(valores), 6),
        decimal(min(valores), 6),
        decimal(max(valores), 6),
        cells,
        sum(not fits for _, fits in cells),
    )


def _table(inicio: date, horas: Sequence[Decimal]) -> str:
    """As it may be pasted back: a line for each day, its 24 hours beside each other."""
    days = range(0, len(horas), HORAS_DO_DIA)
    return "\n".join(
        "; ".join(
            [f"{inicio + first // HORAS_DO_DIA * DIA:%d/%m/%Y}", *map(number, horas[first : first + HORAS_DO_DIA])]
        )
        for first in days
    )
