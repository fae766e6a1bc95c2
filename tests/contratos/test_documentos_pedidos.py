"""Documents that CCEE asks a party for: on its agenda until they are accepted (3.74, 3.88)."""

from typing import Any

import pytest

from contratos.models import Contrato, Fluxo
from portal.agentes.acesso import Ator
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = [pytest.mark.django_db, pytest.mark.clausula("3.74", "3.88")]


def ask(ator: Ator, parte: str = "comprador") -> Any:
    address = f"/contratos/CCEAR-1/pedidos/documento_{parte}/"
    return as_actor(ator).post(address, {"documento_pedido": "O CCER assinado."})


def close(cena: Cena, codigo: str, ator: Ator, **dados: str) -> Any:
    return as_actor(ator).post(f"/contratos/CCEAR-1/atividades/{cena.row(codigo).pk}/", dados)


def present(cena: Cena, ator: Ator) -> Any:
    return close(cena, "Q2", ator, declaracao="É cópia fiel.", arquivo_apresentado="ccer.pdf, nº 7")


def test_an_open_request_is_on_the_agenda_of_the_party_until_it_is_accepted(cena: Cena) -> None:
    asked = ask(cena.ccee)
    agenda = [text(as_actor(who).get("/contratos/agenda/")) for who in (cena.davi, cena.ana)]
    presented = present(cena, cena.davi)
    returned = close(cena, "Q3", cena.ccee, parecer="Falta a última página.", resultado="incompleto")
    again = present(cena, cena.davi)
    accepted = close(cena, "Q3", cena.ccee, parecer="Conferido.", resultado="aceito")

    assert [each.status_code for each in (asked, presented, returned, again, accepted)] == [302] * 5
    assert "Apresentar o documento" in agenda[0]
    assert Fluxo.objects.get().estado == "documento aceito"
    assert cena.row("Q2").rodada == 2


def test_the_party_that_was_asked_answers_and_ccee_alone_asks(cena: Cena) -> None:
    refused = ask(cena.davi)
    ask(cena.ccee)
    other, own = present(cena, cena.ana), close(cena, "Q2", cena.davi)

    assert refused.status_code == other.status_code == 403
    assert own.status_code == 422
    assert "Informe este campo." in text(own)


def test_several_requests_run_side_by_side_and_ccee_asks_nothing_of_itself(cena: Cena) -> None:
    ask(cena.ccee)
    ask(cena.ccee, "vendedor")
    ask(cena.ccee)
    Contrato.objects.update(especie="cer", comprador=None)
    refused = ask(cena.ccee)

    assert Fluxo.objects.filter(closed_at=None).count() == 3
    assert refused.status_code == 422
    assert "não cabe a este contrato" in text(refused)
