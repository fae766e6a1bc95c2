"""Deadlines: the worked dates of the rules, every one of them, and what each switch changes."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratos.domain.prazos import (
    FIM_DO_DIA,
    AncoraFaltante,
    Convencoes,
    day_in_time,
    due_date,
    due_dates,
    needed,
    parse,
    parse_anchor,
    work_out,
)
from contratos.domain.prazos.expressao import DATAS
from portal.kernel.business_days import Calendario, ForaDoCalendario
from portal.kernel.errors import DomainError
from tests.contratos_domain.calendarios import ANOS, FERIADOS, NACIONAL, PADRAO


def read(ancoras: Mapping[str, str]) -> dict[str, date]:
    return {nome: parse_anchor(nome, valor) for nome, valor in ancoras.items()}


def due(
    texto: str, ancoras: Mapping[str, str], calendario: Calendario = PADRAO, convencoes: Convencoes | None = None
) -> str:
    expressao, given = parse(texto), read(ancoras)
    found = work_out(expressao, given, calendario, convencoes).data
    assert found == due_date(expressao, given, calendario, convencoes)
    return found.isoformat() if found else ""


# Expression, anchors, with banking holidays, national holidays only.
CASOS = [
    ("P+2du", {"P": "2026-11-19"}, "2026-11-24", "2026-11-24"),
    ("P+25du", {"P": "2026-11-19"}, "2026-12-28", "2026-12-28"),
    ("P+25du+5du", {"P": "2026-11-19"}, "2027-01-05", "2027-01-05"),
    ("max(P,H)+25du", {"P": "2026-11-19", "H": "2026-10-01"}, "2026-12-28", "2026-12-28"),
    ("P+2du", {"P": "2026-11-14"}, "2026-11-17", "2026-11-17"),
    ("MS+9du", {"MS": "2026-11"}, "2026-12-11", "2026-12-11"),
    ("MS+8du", {"MS": "2026-11"}, "2026-12-10", "2026-12-10"),
    ("MS+1du", {"MS": "2026-10"}, "2026-11-03", "2026-11-03"),
    ("MS+4du", {"MS": "2026-10"}, "2026-11-06", "2026-11-06"),
    ("MS+6du", {"MS": "2026-10"}, "2026-11-10", "2026-11-10"),
    ("MS+8du", {"MS": "2026-10"}, "2026-11-12", "2026-11-12"),
    ("MS+10du", {"MS": "2026-10"}, "2026-11-16", "2026-11-16"),
    ("MS+6du", {"MS": "2027-01"}, "2027-02-10", "2027-02-08"),
    ("MS+8du", {"MS": "2027-01"}, "2027-02-12", "2027-02-10"),
    ("MS+9du", {"MS": "2027-01"}, "2027-02-15", "2027-02-11"),
    ("MS+10du", {"MS": "2027-01"}, "2027-02-16", "2027-02-12"),
    ("MS+14du", {"MS": "2026-10"}, "2026-11-23", "2026-11-23"),
    ("D25@M-1", {"M": "2026-12"}, "2026-11-25", "2026-11-25"),
    ("MS+1du", {"MS": "2027-01"}, "2027-02-01", "2027-02-01"),
    ("MS+14du", {"MS": "2027-01"}, "2027-02-22", "2027-02-18"),
    ("D25@M-1", {"M": "2027-03"}, "2027-02-25", "2027-02-25"),
    ("T+5du", {"T": "2026-11-25"}, "2026-12-02", "2026-12-02"),
    ("T+30dc", {"T": "2026-11-25"}, "2026-12-25", "2026-12-25"),
    ("L+2du", {"L": "2026-12-23"}, "2026-12-28", "2026-12-28"),
    ("L+4du", {"L": "2026-12-23"}, "2026-12-30", "2026-12-30"),
    ("L+25du", {"L": "2026-12-23"}, "2027-01-29", "2027-01-29"),
    ("L+2du", {"L": "2027-02-04"}, "2027-02-10", "2027-02-08"),
    ("L+4du", {"L": "2027-02-04"}, "2027-02-12", "2027-02-10"),
    ("L+25du", {"L": "2027-02-04"}, "2027-03-15", "2027-03-11"),
    ("S-5du", {"S": "2027-01-01"}, "2026-12-24", "2026-12-24"),
    ("31Dec-2du", {"ANO": "2026"}, "2026-12-29", "2026-12-29"),
    ("31Dec-2du", {"ANO": "2028"}, "2028-12-28", "2028-12-28"),
    ("D+3du", {"D": "2026-06-03"}, "2026-06-09", "2026-06-08"),
    ("P+2du", {"P": "2023-11-17"}, "2023-11-21", "2023-11-21"),
    ("P+2du", {"P": "2024-11-19"}, "2024-11-22", "2024-11-22"),
    ("31Jan", {"ANO": "2027"}, "2027-01-31", "2027-01-31"),
    ("31Dec", {"ANO": "2027"}, "2027-12-31", "2027-12-31"),
    ("CAL:sazonalizacao", {"CAL:sazonalizacao": "2026-12-01"}, "2026-12-01", "2026-12-01"),
    ("CAL:pmo-1dc", {"CAL:pmo": "2026-12-01"}, "2026-11-30", "2026-11-30"),
    ("D1@M+2", {"M": "2026-11"}, "2027-01-01", "2027-01-01"),
    ("D28@M", {"M": "2026-02"}, "2026-02-28", "2026-02-28"),
    ("N.A.", {}, "", ""),
]


@pytest.mark.parametrize(("texto", "ancoras", "padrao", "nacional"), CASOS)
def test_worked_dates(texto: str, ancoras: dict[str, str], padrao: str, nacional: str) -> None:
    assert (due(texto, ancoras), due(texto, ancoras, NACIONAL)) == (padrao, nacional)


@pytest.mark.parametrize(
    ("calendario", "one_day_open"), [(PADRAO, ["03/2025", "04/2028", "04/2034"]), (NACIONAL, ["04/2028", "04/2034"])]
)
def test_months_that_leave_one_day_for_bilateral_agreements(calendario: Calendario, one_day_open: list[str]) -> None:
    """Clause 3.104: closed from the 1st to the 14th business day, open until the 25th."""
    months = [date(year, month, 1) for year in range(2024, 2041) for month in range(1, 13)]
    before = {month: (month - timedelta(days=1)).replace(day=1) for month in months}

    fourteenth = {month: due_date(parse("MS+14du"), {"MS": before[month]}, calendario) for month in months}

    assert [f"{month:%m/%Y}" for month, day in fourteenth.items() if day and day.day >= 24] == one_day_open


def test_an_act_on_a_day_off_may_count_from_the_next_business_day() -> None:
    rola = Convencoes(ancora_rola=True)

    assert due("P+2du", {"P": "2026-11-14"}, PADRAO, rola) == "2026-11-18"
    assert due("P+2du", {"P": "2026-11-19"}, PADRAO, rola) == "2026-11-24"


def test_nothing_is_deemed_published_to_count_back_from_it() -> None:
    rola = Convencoes(ancora_rola=True)

    assert due("S-5du", {"S": "2026-11-14"}, PADRAO, rola) == due("S-5du", {"S": "2026-11-14"}) == "2026-11-09"


def test_an_act_outside_the_calendar_needs_none_for_running_days() -> None:
    rola = Convencoes(ancora_rola=True)

    assert due("P+2dc", {"P": "2050-01-01"}) == "2050-01-03"
    with pytest.raises(ForaDoCalendario):
        due("P+2dc", {"P": "2050-01-01"}, PADRAO, rola)


def test_the_first_month_held_has_its_business_days() -> None:
    assert due("MS+1du", {"MS": "2021-12"}) == "2022-01-03"


def test_many_at_once_are_one_after_another() -> None:
    columns = {"P": [date(2026, 11, 19), date(2026, 11, 14)], "H": [date(2026, 10, 1), date(2027, 2, 4)]}

    found = due_dates(parse("max(P,H)+25du"), columns, PADRAO)

    assert [day.isoformat() for day in found] == ["2026-12-28", "2027-03-15"]
    with pytest.raises(AncoraFaltante, match="Falta T: "):
        due_dates(parse("max(P,T)+25du"), columns, PADRAO)
    with pytest.raises(TypeError, match="has no dates"):
        due_dates(parse("N.A."), {}, PADRAO)
    with pytest.raises(TypeError, match="different lengths"):
        due_dates(parse("max(P,H)"), {**columns, "H": []}, PADRAO)


@pytest.mark.parametrize(
    ("instant", "hora", "day"),
    [
        ("2026-11-24T23:59:59.999-03:00", FIM_DO_DIA, "2026-11-24"),
        ("2026-11-25T00:00:00-03:00", FIM_DO_DIA, "2026-11-25"),
        ("2026-11-25T02:59:59+00:00", FIM_DO_DIA, "2026-11-24"),
        ("2026-11-24T18:00:00.5-03:00", time(18), "2026-11-24"),
        ("2026-11-24T18:00:01-03:00", time(18), "2026-11-25"),
    ],
)
def test_a_day_ends_at_its_hour_in_sao_paulo(instant: str, hora: time, day: str) -> None:
    found = day_in_time(datetime.fromisoformat(instant), fuso=ZoneInfo("America/Sao_Paulo"), hora=hora)

    assert found.isoformat() == day


def test_running_days_that_end_on_a_day_off_may_go_on() -> None:
    rola = Convencoes(vencimento_dc_rola=True)

    assert due("T+30dc", {"T": "2026-11-25"}, PADRAO, rola) == "2026-12-28"
    assert due("T+30dc", {"T": "2026-11-24"}, PADRAO, rola) == "2026-12-24"
    assert due("T-1dc", {"T": "2026-11-23"}, PADRAO, rola) == "2026-11-22"


def trace(
    texto: str, ancoras: Mapping[str, str], convencoes: Convencoes | None = None
) -> list[tuple[str, int | None, str]]:
    steps = work_out(parse(texto), read(ancoras), PADRAO, convencoes).passos
    return [(f"{passo.data:%d/%m}", passo.conta, passo.motivo) for passo in steps]


def test_the_trace_shows_every_day_and_why_it_counts_or_not() -> None:
    assert trace("P+2du", {"P": "2026-11-19"}) == [
        ("19/11", None, "P: publicação da outorga da nova usina"),
        ("20/11", None, "Dia Nacional de Zumbi e da Consciência Negra: não é dia útil"),
        ("21/11", None, "sábado: não é dia útil"),
        ("22/11", None, "domingo: não é dia útil"),
        ("23/11", 1, "dia útil"),
        ("24/11", 2, "dia útil"),
    ]


def test_the_trace_of_the_later_of_two_names_both() -> None:
    steps = trace("max(P,H)+1du", {"P": "2026-11-19", "H": "2026-10-01"})

    assert [why for _, _, why in steps[:3]] == [
        "P: publicação da outorga da nova usina",
        "H: homologação ou adjudicação do leilão",
        "a mais tarde de P e H",
    ]
    assert steps[-1] == ("23/11", 1, "dia útil")


def test_the_trace_of_a_switch_says_what_it_did() -> None:
    rola = Convencoes(ancora_rola=True, vencimento_dc_rola=True)

    assert trace("P+1du", {"P": "2026-11-14"}, rola)[1] == (
        "16/11", None, "sábado: a contagem parte do dia útil seguinte",
    )  # fmt: skip
    assert trace("T+1dc", {"T": "2026-12-24"}, rola)[1:] == [
        ("25/12", 1, "dia corrido"),
        ("26/12", None, "o prazo passa ao dia útil seguinte"),
        ("27/12", None, "o prazo passa ao dia útil seguinte"),
        ("28/12", None, "o prazo passa ao dia útil seguinte"),
    ]


@pytest.mark.parametrize(
    ("texto", "ancoras", "first"),
    [
        ("MS+1du", {"MS": "2026-10"}, ("01/11", None, "MS: mês de referência 10/2026; conta-se em 11/2026")),
        ("D25@M-1", {"M": "2026-12"}, ("25/11", None, "dia 25 do mês 1 mês antes do início (12/2026)")),
        ("D25@M+2", {"M": "2026-12"}, ("25/02", None, "dia 25 do mês 2 meses depois do início (12/2026)")),
        ("D25@M", {"M": "2026-12"}, ("25/12", None, "dia 25 do mês de início (12/2026)")),
        ("31Jan", {"ANO": "2026"}, ("31/01", None, "31 de janeiro")),
        ("31Dec", {"ANO": "2026"}, ("31/12", None, "31 de dezembro")),
        ("CAL:x", {"CAL:x": "2026-12-01"}, ("01/12", None, "CAL:x: data anunciada pela CCEE")),
    ],
)
def test_the_trace_begins_with_where_the_count_starts(
    texto: str, ancoras: dict[str, str], first: tuple[str, None, str]
) -> None:
    assert trace(texto, ancoras)[0] == first


@pytest.mark.parametrize(
    ("texto", "ancoras", "words"),
    [
        ("MS+23du", {"MS": "2027-01"}, "02/2027 não tem 23 dias úteis"),
        ("D31@M-1", {"M": "2026-12"}, "11/2026 não tem dia 31"),
        ("P+2dc", {"P": "9999-12-31"}, "sai do calendário civil"),
        ("D1@M-9", {"M": "0001-05"}, "sai do calendário civil"),
    ],
)
def test_what_cannot_be_is_said(texto: str, ancoras: dict[str, str], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        due(texto, ancoras)


def test_a_year_without_its_holidays_is_refused() -> None:
    with pytest.raises(ForaDoCalendario, match="2022 a 2041"):
        due("P+2du", {"P": "2041-12-31"})


@pytest.mark.parametrize(("texto", "missing"), [("max(P,H)+2du", "H"), ("CAL:x", "CAL:x"), ("MS+1du", "MS")])
def test_a_missing_anchor_is_named(texto: str, missing: str) -> None:
    with pytest.raises(AncoraFaltante, match=f"Falta {missing}: "):
        due(texto, {"P": "2026-11-19"})


@pytest.mark.parametrize("texto", sorted({texto for texto, *_ in CASOS}))
def test_what_is_read_is_written_back(texto: str) -> None:
    assert str(parse(texto)) == texto


@pytest.mark.parametrize(
    ("texto", "names"),
    [
        ("max(P,H)+25du", {"P", "H"}), ("MS+1du", {"MS"}), ("D1@M", {"M"}), ("31Jan", {"ANO"}), ("CAL:x", {"CAL:x"}),
        ("N.A.", set()),
    ],
)  # fmt: skip
def test_what_it_needs(texto: str, names: set[str]) -> None:
    assert needed(parse(texto)) == names


def slow(start: date, dias: int, unidade: str) -> date:
    """Obvious and slow: one day at a time."""
    step, left, day = timedelta(days=1 if dias > 0 else -1), abs(dias), start
    while left:
        day += step
        left -= unidade == "dc" or (day.weekday() < 5 and day not in FERIADOS)
    return day


@given(
    start=st.dates(date(ANOS[2], 1, 1), date(ANOS[-3], 12, 31)),
    ancora=st.sampled_from(sorted(DATAS)),
    dias=st.integers(1, 60),
    sinal=st.sampled_from("+-"),
    unidade=st.sampled_from(["du", "dc"]),
)
def test_any_count_is_the_slow_one(start: date, ancora: str, dias: int, sinal: str, unidade: str) -> None:
    expressao, ancoras = parse(f"{ancora}{sinal}{dias}{unidade}"), {ancora: start}

    vencimento = work_out(expressao, ancoras, PADRAO)

    assert vencimento.data == due_date(expressao, ancoras, PADRAO) == slow(start, int(f"{sinal}{dias}"), unidade)
    assert vencimento.passos[-1].data == vencimento.data
    assert [p.conta for p in vencimento.passos if p.conta] == list(range(1, dias + 1))
