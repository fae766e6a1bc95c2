"""PROINFA: tables that people bring, the window of a history, and which rule made each result (3.38 to 3.44, 3.63 on).

Amounts are MWh with six places; a month is named by its first day.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from contratos.domain.montantes.celulas import CelulaErrada, amount, read_month
from contratos.domain.montantes.exato import POR_MWH, Recusado, apportion, decimal, half_up, micros, total
from contratos.domain.prazos import month
from contratos.domain.sazonalizacao import Calculo
from portal.kernel.text import searchable

Meses = Mapping[date, Decimal]
MOSTRADOS = 12  # errors that one answer shows
MES, COTAS, ACEP = "MES", "COTAS", "ACEP"  # heads of columns, beside the plants' codes


class Origem(StrEnum):
    """Where a quota or a curve comes from."""

    COTA = "cota"
    ATO = "ato"
    ACEP = "acep"
    AUTOMATICA = "automatica"
    GARANTIA_FISICA = "garantia_fisica"


ORIGENS = {
    Origem.ACEP: "Informada pelo ACEP",
    Origem.AUTOMATICA: "Calculada pela CCEE, flat",
    Origem.GARANTIA_FISICA: "Revista com a garantia física de uma usina",
}
APURADA, RECALCULADA, REVISTA = (Calculo(Origem.COTA, clausula) for clausula in ("3.39", "3.41", "3.40.1"))
DA_RENUNCIA, ANUAL = (Calculo(Origem.COTA, clausula) for clausula in ("3.44", "3.43"))
DO_ATO = Calculo(Origem.ATO, "3.43")
DO_ACEP = Calculo(Origem.ACEP, "3.63")
DA_CCEE = Calculo(Origem.AUTOMATICA, "3.66")
DA_GARANTIA = Calculo(Origem.GARANTIA_FISICA, "3.65")


def window(historico: Meses, antes: date, meses: int) -> list[date]:
    """The latest so many months in a row of that history, all before `antes`; none where it does not have them."""
    known = [mes for mes in historico if mes < antes]
    wanted = [month(max(known), -back) for back in reversed(range(meses))] if known else []
    return wanted if all(mes in historico for mes in wanted) else []


def first_without(hoje: date, prazo: Callable[[date], date]) -> date:
    """The first month whose quota a declaration of today still forgoes (3.44.1): `prazo` is MS+4du of a month."""
    last = month(hoje, -1)
    return last if hoje <= prazo(last) else month(hoje, 0)


def shared(anual: Decimal, curvas: Sequence[Meses]) -> dict[date, Decimal]:
    """A contract's months, from its annual quota and the curves of the year in their order.

    The first has the act's amount: its months are shared out exactly. Each one after it moves only the months that it
    changed, each in proportion and rounded by itself (3.65).
    """
    first, *later = curvas
    meses = sorted(first)
    parts = apportion(micros(anual), [micros(first[mes]) for mes in meses])
    found = dict(zip(meses, map(decimal, parts), strict=True))
    for before, after in zip(curvas, later, strict=False):
        for mes in meses:
            if after[mes] != before[mes] and before[mes]:
                part = Fraction(found[mes]) * Fraction(after[mes]) / Fraction(before[mes])
                found[mes] = decimal(half_up(part * POR_MWH))
    return found


def revised(saida: Mapping[str, Meses], usina: str, nova: Meses) -> dict[str, dict[date, Decimal]]:
    """All columns with that plant's months changed: the quotas change by what the plant's do."""
    found = {nome: dict(meses) for nome, meses in saida.items()} | {usina: dict(nova)}
    for mes, quotas in found[COTAS].items():
        found[COTAS][mes] = quotas - saida[usina][mes] + nova[mes]
    return found


def base_of(cota: Decimal, saiu: Decimal, voltou: Decimal) -> Decimal:
    """A distributor's quota before any unit took its part: the order of the units does not count."""
    return cota + saiu - voltou


def read_columns(text: str, wanted: Sequence[str]) -> tuple[dict[str, dict[date, Decimal]], list[str]]:
    """A table with a head: the month, then a column for each of `wanted`, in any order. And what is wrong in it."""
    lines = list(_lines(text))
    if not lines:
        return {}, ["A tabela está vazia."]
    _, head = lines[0]
    names = [_name(cell) for cell in head]
    if problems := _head_problems(names, wanted):
        return {}, problems
    found: dict[str, dict[date, Decimal]] = {nome: {} for nome in wanted}
    for linha, cells in lines[1:]:
        problems += _read_line(linha, cells, names, found)
    return found, _told(problems)


def _read_line(linha: int, cells: list[str], names: list[str], found: dict[str, dict[date, Decimal]]) -> list[str]:
    row = dict(zip(names, cells, strict=False))
    try:
        mes = read_month(row.get(MES, ""))
        if any(mes in column for column in found.values()):
            raise CelulaErrada("este mês já está numa linha anterior.")
    except CelulaErrada as error:
        return [f"Linha {linha}, coluna {MES}: {error}"]
    problems = []
    for nome, column in found.items():
        try:
            column[mes] = amount(row.get(nome, ""))
        except CelulaErrada as error:
            problems.append(f"Linha {linha}, coluna {nome}: {error}")
    return problems


def _head_problems(names: list[str], wanted: Sequence[str]) -> list[str]:
    expected = [MES, *wanted]
    problems = [f"Linha 1: falta a coluna {nome}." for nome in expected if nome not in names]
    problems += [f"Linha 1: não há usina {nome}." for nome in names if nome not in expected]
    twice = sorted({nome for nome in names if names.count(nome) > 1})
    return problems + [f"Linha 1: a coluna {nome} está mais de uma vez." for nome in twice]


def read_amounts(text: str) -> tuple[dict[str, Decimal], list[str]]:
    """Lines of a name; MWh, such as PROINFA-2027.00001; 1234,567890. And what is wrong, line by line."""
    found: dict[str, Decimal] = {}
    problems = []
    for linha, cells in _lines(text):
        try:
            if len(cells) != 2:
                raise CelulaErrada("a linha tem duas colunas: de quem é; MWh.")
            if (nome := cells[0].upper()) in found:
                raise CelulaErrada(f"{nome} já está numa linha anterior.")
            found[nome] = amount(cells[1])
        except CelulaErrada as error:
            problems.append(f"Linha {linha}: {error}")
    return found, _told(problems)


def year_problem(montante: Decimal, cotas: Mapping[str, Decimal]) -> str:
    """'' where the quotas of the act add up to its annual amount."""
    somado = total(cotas.values())
    if somado == montante:
        return ""
    return (
        f"Cláusula 3.63: as cotas somam {_number(somado)} MWh, e o montante anual do ato é {_number(montante)} MWh; a "
        f"diferença é {_number(abs(montante - somado))} MWh."
    )


def plants_problem(montante: Decimal, usinas: Mapping[str, Decimal]) -> str:
    """'' where the plants' energy is a part of the act's annual amount."""
    somado = total(usinas.values())
    if somado <= montante:
        return ""
    return f"Cláusula 3.64: as usinas somam {_number(somado)} MWh, mais que os {_number(montante)} MWh do ato."


def share(percentual: Decimal) -> Decimal:
    """Of a percentage; raises Recusado for what has more places than are kept."""
    parcela = percentual / 100
    if Fraction(parcela) * POR_MWH % 1:
        raise Recusado("Cláusula 3.38: informe a parcela com até 4 casas decimais, como 33,3333.")
    return parcela


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for linha, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        cells = [cell.strip().strip('"').strip() for cell in line.split("\t" if "\t" in line else ";")]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield linha, cells


def _name(cell: str) -> str:
    """A head as it is compared: Mês is MES."""
    return searchable(cell).upper()


def _told(problems: list[str]) -> list[str]:
    more = len(problems) - MOSTRADOS
    return problems[:MOSTRADOS] + ([f"Há mais {more} erro(s)."] if more > 0 else [])


def _number(valor: Decimal) -> str:
    return f"{valor:f}".replace(".", ",")
