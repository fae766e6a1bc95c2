"""What a guarantee must meet, by the values at the edge."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from contratos.domain import garantia
from contratos.domain.garantia import Motivo, Nova

HOJE = date(2026, 11, 23)
NOVA = Nova(Decimal("1000000"), Decimal("1000000.00"), date(2026, 11, 24), "Caixa", "Banco do Brasil")
CONFERE = dict.fromkeys(garantia.CONFERENCIA, "sim")


@pytest.mark.clausula("3.98")
def test_only_the_last_reason_asks_for_an_act_and_then_for_all_of_it() -> None:
    assert not garantia.reason_problems(Motivo.BANCO, {})
    assert set(garantia.reason_problems(Motivo.ANEEL, {"ato_tipo": "Despacho"})) == {"ato_numero", "ato_publicado_em"}
    whole = {"ato_tipo": "Despacho", "ato_numero": "1", "ato_publicado_em": "2026-11-20"}
    assert not garantia.reason_problems(Motivo.ANEEL, whole)


@pytest.mark.clausula("3.99")
def test_exactly_what_is_required_is_enough_and_one_cent_less_is_not() -> None:
    assert not garantia.new_problems(NOVA, Motivo.VENDEDOR, HOJE)
    short = garantia.new_problems(replace(NOVA, valor=Decimal("999999.99")), Motivo.VENDEDOR, HOJE)
    assert set(short) == {"valor"}
    assert "R$ 999.999,99" in short["valor"]


@pytest.mark.clausula("3.99")
def test_one_that_ends_today_and_one_of_no_value_are_refused_with_everything_else_at_once() -> None:
    bad = Nova(Decimal(0), Decimal("-0.001"), HOJE, "caixa ", "Caixa")
    found = garantia.new_problems(bad, Motivo.BANCO, HOJE)
    assert set(found) == {"valor_exigido", "valor", "vale_ate", "banco_gestor"}


def test_amounts_have_cents_and_nothing_finer() -> None:
    found = garantia.new_problems(replace(NOVA, exigido=Decimal("10.001"), valor=Decimal(20)), Motivo.BANCO, HOJE)
    assert found == {
        "valor_exigido": "10,001 tem mais de duas casas decimais: informe o valor em reais e centavos.",
    }


@pytest.mark.clausula("3.98")
def test_the_same_bank_may_stay_unless_the_bank_is_the_reason() -> None:
    same = replace(NOVA, banco="banco do brasil")
    assert not garantia.new_problems(same, Motivo.COMPRADOR, HOJE)
    assert set(garantia.new_problems(same, Motivo.BANCO, HOJE)) == {"banco_gestor"}


@pytest.mark.clausula("3.99")
def test_each_open_item_of_the_checklist_is_named() -> None:
    assert not garantia.checklist_problems(CONFERE)
    open_items = {**CONFERE, "confere_forma": "não", "confere_valor": "não"}
    assert set(garantia.checklist_problems(open_items)) == {"confere_forma", "confere_valor"}
