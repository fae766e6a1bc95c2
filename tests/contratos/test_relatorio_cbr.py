"""The yearly report of CBRs, through the pages: what was registered by the end of the year, and for whom."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from contratos.checks import yearly_report
from contratos.models import Contrato
from portal.agentes import acesso
from portal.agentes.models import Papel
from tests import factories
from tests.contratos.cbrs import ART_5, DO_ART_5, MAXIMOS, adjust, ask, list_as_eligible, on, send, validate
from tests.contratos.cbrs import entre_classes as entre_classes
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
URL = "/contratos/relatorios/cbrs"
AGORA = {"suprimento_inicio": "2026-12-01", "periodos": "01/12/2026; 31/12/2027; 2,5"}
DEZEMBRO = "1.860,0"  # MWh of December


@pytest.fixture
def em_dezembro(entre_classes: Cena, settings: Settings) -> Cena:
    """Registered and validated in November 2026, looked at when the year is over."""
    send(entre_classes, **AGORA)
    validate(entre_classes)
    on(entre_classes, settings, datetime(2027, 1, 5, 15, tzinfo=UTC))
    return entre_classes


def get(cena: Cena, ano: int | str = 2026, formato: str = "/", *, by: str = "ccee") -> Any:
    return as_actor(getattr(cena, by)).get(f"{URL}{formato}?ano={ano}")


@pytest.mark.clausula("3.35")
def test_the_year_has_its_contracts_with_parameters_and_amounts(em_dezembro: Cena) -> None:
    page = text(get(em_dezembro))
    table = get(em_dezembro, formato=".csv").content.decode("utf-8-sig")
    paper = get(em_dezembro, formato=".pdf")

    facts = ("CBR-2026.00001", "Geração distribuída por chamada pública", "Despacho ANEEL nº 100/2026", DEZEMBRO)
    assert [said for said in facts if said not in page] == []
    assert "01/12/2026 a 31/12/2026: 2,500000 MWmédio" in page
    assert "1860,0" in table
    assert paper.content.startswith(b"%PDF")


@pytest.mark.clausula("3.35")
def test_what_happened_after_the_year_is_not_in_its_report(em_dezembro: Cena) -> None:
    before = get(em_dezembro, formato=".csv").content
    adjust(em_dezembro, "01/12/2026; 31/12/2026; 9", mes="2026-12")
    validate(em_dezembro, "J2")
    ask(em_dezembro, "cbr_termino", {"causa": "judicial", "documento": "1", "finaliza_em": "2026-12-15"}, by="ccee")
    ask(em_dezembro, "cbr_invalidade", {"invalidade": "Sem ato."}, by="ccee")
    after = get(em_dezembro, formato=".csv").content

    assert before == after
    assert "Inválido" in text(get(em_dezembro, 2027))


@pytest.mark.clausula("3.33", "3.35")
def test_an_end_within_the_year_takes_its_energy_away(entre_classes: Cena, settings: Settings) -> None:
    send(entre_classes, **AGORA)
    validate(entre_classes)
    ask(entre_classes, "cbr_termino", {"causa": "arbitral", "documento": "1", "finaliza_em": "2026-12-11"}, by="ccee")
    on(entre_classes, settings, datetime(2027, 1, 5, 15, tzinfo=UTC))
    page = text(get(entre_classes))

    assert "600,0" in page
    assert "Finalizado" in page


def test_an_invalid_one_is_listed_and_counts_for_nothing(entre_classes: Cena) -> None:
    send(entre_classes, **AGORA)
    validate(entre_classes)
    ask(entre_classes, "cbr_invalidade", {"invalidade": "Sem ato."}, by="ccee")
    page = text(get(entre_classes))

    assert "Inválido" in page
    assert DEZEMBRO not in page


def test_of_art_5_the_maxima_are_shown_and_add_to_no_energy(entre_classes: Cena) -> None:
    list_as_eligible(entre_classes)
    as_actor(entre_classes.ccee).post(ART_5, {**DO_ART_5, "suprimento_inicio": "2026-12-01", "maximos": MAXIMOS})
    page = text(get(entre_classes))

    assert "Art. 5º da Lei 13.182/2015" in page
    assert "Energia no ano" not in page


def test_each_sees_its_own_and_a_draft_is_in_no_report(entre_classes: Cena) -> None:
    send(entre_classes, **AGORA)
    draft = text(get(entre_classes))
    validate(entre_classes)
    outra = factories.create_usuario("rita.outra")
    factories.represent(outra, factories.create_agente("OUTRA"), Papel.REPRESENTANTE_CCEE)
    stranger = as_actor(acesso.of_usuario(outra)).get(f"{URL}/?ano=2026")

    assert "Nada a relatar" in draft
    assert "CBR-2026.00001" in text(get(entre_classes, by="davi"))
    assert "CBR-2026.00001" not in text(stranger)


@pytest.mark.parametrize(
    ("ano", "said"), [("dois mil", "Não é um ano"), ("2030", "2030 ainda não começou"), ("1999", "antes de 2004")]
)
def test_what_is_no_year_is_said(entre_classes: Cena, ano: str, said: str) -> None:
    answer = get(entre_classes, ano)

    assert answer.status_code == 422
    assert said in text(answer)


@pytest.mark.clausula("3.35")
def test_a_configured_deadline_is_shown(em_dezembro: Cena, settings: Settings) -> None:
    settings.PRAZO_RELATORIO_CBR = "31Jan"
    assert "31/01/2027" in text(get(em_dezembro))


@pytest.mark.parametrize(("texto", "found"), [("", 0), ("31Jan", 0), ("P+2du", 1), ("amanhã", 1)])
def test_a_deadline_that_cannot_be_is_refused_at_the_start(settings: Settings, texto: str, found: int) -> None:
    settings.PRAZO_RELATORIO_CBR = texto
    assert len(yearly_report(None)) == found


def test_the_totals_of_the_contract_are_those_of_its_registration(em_dezembro: Cena) -> None:
    assert Contrato.objects.get(especie="cbr").energia_mwh == Decimal("2.5") * (31 + 365) * 24
