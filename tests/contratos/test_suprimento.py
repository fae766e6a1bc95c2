"""Supply between distributors, through the pages: who registers it, and for whom."""

from decimal import Decimal
from typing import Any

import pytest

from contratos.models import Contrato, Suprimento
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

PEDIDO = {
    "vendedor": "Sol do Sertao", "comprador": "Distribuidora Sul", "suprimento_inicio": "2027-01-01",
    "suprimento_fim": "2027-12-31", "mercado_gwh": "499,999", "energia_mwh": "87600",
}  # fmt: skip
pytestmark = [pytest.mark.django_db, pytest.mark.clausula("3.1")]


@pytest.fixture
def distribuidoras(cena: Cena) -> Cena:
    Agente.objects.update(classe="distribuidor")
    return cena


def register(ator: Ator, **changed: str) -> Any:
    return as_actor(ator).post("/contratos/registrar/suprimento_registro/", {**PEDIDO, **changed})


def test_the_one_that_supplies_registers_at_once(distribuidoras: Cena) -> None:
    answer = register(distribuidoras.ana)

    contrato = Contrato.objects.get(especie="suprimento")
    assert answer.status_code == 302
    assert (contrato.registro, contrato.montante_mwmed) == ("registrado", Decimal(10))
    assert contrato.suprimento.mercado_gwh == Decimal("499.999")
    page = text(as_actor(distribuidoras.davi).get(f"/contratos/{contrato.numero}/"))
    assert "Distribuidora supridora: SOL DO SERTAO" in page
    assert "Vendedor 1" not in page
    assert "Vendedor:" not in page


def test_nobody_else_registers_it(distribuidoras: Cena) -> None:
    supplied, ccee = register(distribuidoras.davi), register(distribuidoras.ccee)

    assert supplied.status_code == ccee.status_code == 403
    assert "Cláusula 3.1: o registro cabe a SOL DO SERTAO, que vende" in text(supplied)
    assert not Suprimento.objects.exists()


@pytest.mark.parametrize("mercado", ["500", "2345,6"])
def test_a_market_of_500_gwh_or_more_is_another_contract(distribuidoras: Cena, mercado: str) -> None:
    refused = register(distribuidoras.ana, mercado_gwh=mercado)
    assert refused.status_code == 422
    assert f"Cláusula 3.1: a suprida tem mercado próprio de {mercado} GWh/ano" in text(refused)


def test_both_are_distributors_and_the_energy_is_stated(cena: Cena) -> None:
    refused = register(cena.ana, energia_mwh="0")
    assert refused.status_code == 422
    assert "quem registra o suprimento é distribuidora; SOL DO SERTAO é comercializador" in text(refused)
    assert "a suprida é distribuidora; DISTRIBUIDORA SUL é comercializador" in text(refused)
    assert "Informe a energia do suprimento" in text(refused)
    assert not Contrato.objects.filter(especie="suprimento").exists()
