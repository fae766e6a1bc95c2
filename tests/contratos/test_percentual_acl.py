"""The share of a plant's free generation that goes to its contract by availability, month by month (3.54)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytest_django import Settings

from contratos.domain.contrato import Especie
from contratos.models import Contrato, PercentualDoAcl
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.contratos.modulados import on
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
PEDIDO = "/contratos/CCEAR-D-1/pedidos/percentual_acl/"
NO_PRAZO = datetime(2028, 3, 10, 15, tzinfo=UTC)  # the 8th business day of March
TARDE = datetime(2028, 3, 13, 15, tzinfo=UTC)


@pytest.fixture
def disponibilidade(db: None, settings: Settings) -> Cena:
    cena = cenas.create(Especie.CCEAR_DISPONIBILIDADE, numero="CCEAR-D-1")
    Contrato.objects.update(assinatura="assinado", registro="registrado")
    on(cena, settings, NO_PRAZO)
    return cena


@pytest.mark.clausula("3.54")
def test_until_the_8th_business_day_the_seller_states_it_and_the_latest_counts(disponibilidade: Cena) -> None:
    seller = as_actor(disponibilidade.ana)

    first = seller.post(PEDIDO, {"mes_referencia": "2028-02", "percentual": "40"})
    second = seller.post(PEDIDO, {"mes_referencia": "2028-02", "percentual": "37,5 %"})

    assert (first.status_code, second.status_code) == (302, 302)
    row = PercentualDoAcl.objects.get()
    assert (row.mes, row.percentual) == (date(2028, 2, 1), Decimal("37.500000"))


@pytest.mark.clausula("3.54")
@pytest.mark.parametrize(
    ("percentual", "told"),
    [
        ("-1", "Cláusula 3.54: o percentual vai de 0 a 100, como 37,5, com vírgula decimal e até 6 casas; o montante"),
        ("100,000001", "Cláusula 3.54: o percentual da geração vai de 0 a 100, e foi informado 100,000001"),
        ("metade", "Cláusula 3.54: o percentual vai de 0 a 100, como 37,5"),
    ],
)
def test_less_than_0_more_than_100_or_no_number_is_refused(disponibilidade: Cena, percentual: str, told: str) -> None:
    refused = as_actor(disponibilidade.ana).post(PEDIDO, {"mes_referencia": "2028-02", "percentual": percentual})

    assert refused.status_code == 422
    assert told in text(refused)
    assert not PercentualDoAcl.objects.exists()


@pytest.mark.clausula("3.54")
def test_late_it_is_refused_for_that_month_and_not_for_the_next(disponibilidade: Cena, settings: Settings) -> None:
    on(disponibilidade, settings, TARDE)
    seller = as_actor(disponibilidade.ana)

    late = seller.post(PEDIDO, {"mes_referencia": "2028-02", "percentual": "40"})
    later = seller.post(PEDIDO, {"mes_referencia": "2028-03", "percentual": "40"})
    before = seller.post(PEDIDO, {"mes_referencia": "2027-12", "percentual": "40"})

    assert late.status_code == 422
    assert "para 02/2028 o percentual podia ser informado até 10/03/2028 (MS+8du)" in text(late)
    assert later.status_code == 302
    assert "o mês tem de estar no suprimento, de 01/01/2028" in text(before)


@pytest.mark.clausula("3.54")
def test_it_is_the_sellers_to_state(disponibilidade: Cena) -> None:
    asked = as_actor(disponibilidade.davi).post(PEDIDO, {"mes_referencia": "2028-02", "percentual": "40"})

    assert asked.status_code == 403
