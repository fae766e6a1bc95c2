"""The market of a distributor that is supplied by another (3.1)."""

from decimal import Decimal

import pytest

from contratos.domain.suprimento import market_problem

pytestmark = pytest.mark.clausula("3.1")


@pytest.mark.parametrize("mercado", ["0.001", "499.999", "12.5"])
def test_a_small_market_is_accepted(mercado: str) -> None:
    assert market_problem(Decimal(mercado)) == ""


def test_from_500_gwh_on_it_is_refused_with_the_number() -> None:
    said = market_problem(Decimal("500"))
    assert "Cláusula 3.1: a suprida tem mercado próprio de 500 GWh/ano" in said
    assert "menos de 500 GWh/ano" in said


@pytest.mark.parametrize("mercado", ["0", "1.2345"])
def test_what_is_no_market_is_refused(mercado: str) -> None:
    assert "até 3 casas decimais" in market_problem(Decimal(mercado))
