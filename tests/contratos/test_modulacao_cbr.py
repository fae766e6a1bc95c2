"""The hours of a CBR within one group: agreed before the PMO, flat when the PLD is out (3.78 to 3.78.2)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytest_django import Settings

from contratos import modulacao, services
from contratos.models import Cbr, Fluxo, Modulacao
from tests.contratos.cbrs import CBR, send, validate
from tests.contratos.cbrs import entre_classes as entre_classes
from tests.contratos.cena import Cena
from tests.contratos.modulados import MARCO, announce, answer, hours, inform, on
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
V = Decimal("10.500000")
ENERGIA = V * 744
VESPERA, PMO, PLD = (datetime(2027, 2, day, 15, tzinfo=UTC) for day in (24, 25, 26))


@pytest.fixture
def ex_ante(entre_classes: Cena, settings: Settings) -> Cena:
    """In force, of one group, to be modulated as its parties agree; CCEE announced the days of March."""
    send(entre_classes, {**CBR, "modulacao": "ex_ante", "mesmo_grupo": "sim"})
    validate(entre_classes)
    entre_classes.contrato.refresh_from_db()
    announce("pmo", PMO.date())
    announce("pld", PLD.date())
    on(entre_classes, settings, VESPERA)
    services.open_months(now=VESPERA)
    return entre_classes


@pytest.mark.clausula("3.78.1")
def test_the_seller_informs_the_buyer_validates_and_rounding_goes_to_the_first_hour(ex_ante: Cena) -> None:
    horas = hours(V, ENERGIA, h5=Decimal(9), h6=Decimal("11.999999"), h0=V)  # a millionth less than the month has

    informed, validated = inform(ex_ante, horas, ex_ante.ana), answer(ex_ante, "validadas", ex_ante.davi)

    assert (informed.status_code, validated.status_code) == (302, 302)
    kept = modulacao.hours(Modulacao.objects.get(situacao="final"))
    assert (sum(kept), kept[0]) == (ENERGIA, V + Decimal("0.000001"))
    assert ex_ante.row("H1").fluxo.estado == "modulado pelas partes"


@pytest.mark.clausula("3.78.1")
def test_on_the_day_of_the_pmo_it_is_too_late_for_either(ex_ante: Cena, settings: Settings) -> None:
    inform(ex_ante, hours(V, ENERGIA), ex_ante.ana)
    on(ex_ante, settings, PMO)

    late = answer(ex_ante, "validadas", ex_ante.davi)

    assert late.status_code == 422
    told = text(late)
    assert "Cláusula 3.78.1: a modulação de 03/2027 se inseria e validava antes do PMO, até 24/02/2027" in told
    assert "em 26/02/2027, o portal modula o mês flat" in told


@pytest.mark.clausula("3.78.2")
def test_not_validated_before_the_pmo_it_is_flat_when_the_pld_is_out_and_not_before(
    ex_ante: Cena, settings: Settings
) -> None:
    inform(ex_ante, hours(V, ENERGIA, h5=Decimal(9), h6=Decimal(12)), ex_ante.ana)
    on(ex_ante, settings, PMO)
    services.advance(now=PMO)
    before = services.modulate_due(now=PMO)
    h3 = f"/contratos/{ex_ante.contrato.numero}/atividades/{ex_ante.row('H3').pk}/"
    early = as_actor(ex_ante.ccee).post(h3, {})

    on(ex_ante, settings, PLD)
    done, again = services.modulate_due(now=PLD), services.modulate_due(now=PLD)

    assert (before, done, again) == (0, 1, 0)
    assert early.status_code == 422
    assert "Cláusula 3.78.2: a modulação flat se faz com a divulgação do PLD, em 26/02/2027" in text(early)
    assert [row.situacao for row in Modulacao.objects.order_by("pk")] == ["sem_efeito", "final"]
    final = modulacao.final(ex_ante.contrato, MARCO)
    assert final is not None
    assert set(modulacao.hours(final)) == {V}
    assert final.calculo == "flat 1 (cláusula 3.78.2)"


@pytest.mark.clausula("3.78.1", "3.31")
def test_hours_that_do_not_add_up_to_the_period_are_refused_with_the_difference(ex_ante: Cena) -> None:
    refused = inform(ex_ante, hours(V, ENERGIA, h0=V + 1), ex_ante.ana)

    assert refused.status_code == 422
    assert "não somam 7812.000000 MWh; a diferença, de 1.000000 MWh" in text(refused)
    assert not Modulacao.objects.exists()


@pytest.mark.clausula("3.78")
@pytest.mark.parametrize("outro", [{"mesmo_grupo": False}, {"modulacao": "flat"}])
def test_of_other_cbrs_no_hours_are_asked(entre_classes: Cena, settings: Settings, outro: dict[str, object]) -> None:
    send(entre_classes, {**CBR, "modulacao": "ex_ante", "mesmo_grupo": "sim"})
    validate(entre_classes)
    Cbr.objects.update(**outro)
    announce("pmo", PMO.date())

    services.open_months(now=VESPERA)

    assert not Fluxo.objects.filter(procedimento="modulacao_cbr").exists()


@pytest.mark.clausula("3.78.2")
def test_without_an_announced_pld_the_day_of_the_pmo_counts_and_moves_once_it_is_known(
    entre_classes: Cena, settings: Settings
) -> None:
    send(entre_classes, {**CBR, "modulacao": "ex_ante", "mesmo_grupo": "sim"})
    validate(entre_classes)
    announce("pmo", PMO.date())
    services.open_months(now=VESPERA)
    before = Fluxo.objects.get(procedimento="modulacao_cbr").ancoras["CAL:pld"]

    announce("pld", PLD.date())
    services.open_months(now=VESPERA)

    assert (before, Fluxo.objects.get(procedimento="modulacao_cbr").ancoras["CAL:pld"]) == ("2027-02-25", "2027-02-26")
    assert entre_classes.row("H1").vence_em == date(2027, 2, 24)


@pytest.mark.clausula("3.78.1")
def test_what_the_month_has_changed_since_it_was_informed_so_that_it_must_be_given_back(ex_ante: Cena) -> None:
    inform(ex_ante, hours(V, ENERGIA), ex_ante.ana)
    ex_ante.contrato.cbr.versoes.get(situacao="validada").periodos.filter(inicio=date(2027, 1, 1)).update(
        montante_mwmed=Decimal(11)
    )

    stale = answer(ex_ante, "validadas", ex_ante.davi)
    back = answer(ex_ante, "devolvidas", ex_ante.davi, devolucao="O montante mudou.")

    assert stale.status_code == 422
    assert "Devolva a modulação" in text(stale)
    assert back.status_code == 302
    assert ex_ante.row("H1").nome == "Informar a modulação de 03/2027"
