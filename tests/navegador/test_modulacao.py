"""A month by the hour as people see it: on a phone and at a desk, tried, refused, sent."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.contratos.cena import Cena
from tests.contratos.modulados import MES, hours, inform, table
from tests.contratos.modulados import ca as ca
from tests.navegador.conftest import DESKTOP, NARROW, PHONE, Janela

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navegador]


@pytest.mark.clausula("3.60")
def test_a_month_is_looked_at_tried_and_sent(ca: Cena, janela: Callable[..., Janela]) -> None:
    davi = janela(ca.davi.usuario)
    page = davi.open(MES)
    davi.check("modulacao-flat", DESKTOP, PHONE, NARROW)

    shaped = [Decimal("12.5") if hora % 24 < 7 else Decimal("18.75") for hora in range(744)]
    page.fill("#id_horas_do_mes", table([*shaped[:40], Decimal("20.5"), *shaped[41:]]))
    page.click("button:text('Simular')")
    page.get_by_text("Esta tabela seria recusada").wait_for()
    page.click("summary:text('Todas as horas')")
    davi.check("modulacao-recusada", DESKTOP, PHONE)

    page.fill("#id_horas_do_mes", table(hours(h30=Decimal(19), h31=Decimal("15.153006"))))
    page.click("button:text('Enviar')")
    page.get_by_text("Informada, à espera da validação").wait_for()
    davi.check("modulacao-informada", DESKTOP, PHONE)


@pytest.mark.clausula("3.61")
def test_the_seller_comes_from_the_month_to_the_validation(ca: Cena, janela: Callable[..., Janela]) -> None:
    inform(ca, hours())
    ana = janela(ca.ana.usuario)
    page = ana.open(MES)

    page.click("text=Validar ou devolver")

    page.get_by_text("744 linhas").wait_for()
    ana.check("modulacao-validar", DESKTOP, PHONE)
