"""Histories of consumption, through the page: declared by one side, validated by the other (3.39.1)."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from contratos import proinfa as leitura
from contratos.models import HistoricoDeConsumo, RepresentanteDeCotista
from portal.agentes.acesso import Ator
from tests.contratos import proinfas
from tests.contratos.paginas import text
from tests.contratos.proinfas import Proinfa

pytestmark = [pytest.mark.django_db, pytest.mark.clausula("3.39.1")]
PAGINA = "/contratos/proinfa/historicos/"
TABELA = "Mês; MWh\n08/2026; 1500,5\n09/2026; 1499,123456"


@pytest.fixture
def proinfa(settings: Settings) -> Proinfa:
    return proinfas.create(settings)


def declare(proinfa: Proinfa, ator: Ator, alvo: str = "unidade:UC-77", tabela: str = TABELA) -> Any:
    return proinfa.post(ator, PAGINA, alvo=alvo, tabela=tabela)


def answer(proinfa: Proinfa, ator: Ator, resultado: str = "validado", **dados: str) -> Any:
    return proinfa.post(ator, f"{PAGINA}{HistoricoDeConsumo.objects.latest('pk').pk}/", resultado=resultado, **dados)


def test_what_one_side_declared_counts_once_the_other_has_validated_it(proinfa: Proinfa) -> None:
    declared = declare(proinfa, proinfa.caio)
    not_yet = leitura.history(proinfa.unidade)
    validated = answer(proinfa, proinfa.davi)

    assert (declared.status_code, validated.status_code) == (302, 302)
    assert not_yet == {}
    assert list(leitura.history(proinfa.unidade).values()) == [Decimal("1500.5"), Decimal("1499.123456")]


def test_nobody_validates_what_he_declared_himself(proinfa: Proinfa) -> None:
    declare(proinfa, proinfa.davi)

    own = answer(proinfa, proinfa.davi)
    stranger = answer(proinfa, proinfa.eva)

    assert (own.status_code, stranger.status_code) == (403, 404)
    assert "a outra parte valida o que DISTRIBUIDORA SUL declarou" in text(own)


def test_given_back_with_a_reason_it_is_declared_anew(proinfa: Proinfa) -> None:
    declare(proinfa, proinfa.caio)

    waiting = declare(proinfa, proinfa.davi)
    without = answer(proinfa, proinfa.davi, "devolvido")
    answer(proinfa, proinfa.davi, "devolvido", motivo="Setembro foi lido duas vezes.")
    again = declare(proinfa, proinfa.caio)

    assert (waiting.status_code, without.status_code, again.status_code) == (409, 422, 302)
    assert "Setembro foi lido duas vezes." in text(proinfa.browser(proinfa.caio).get(PAGINA))


def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_kept(proinfa: Proinfa) -> None:
    refused = declare(proinfa, proinfa.caio, tabela="08/2026; 1.500,5\n13/2026; 10")
    future = declare(proinfa, proinfa.caio, tabela="12/2026; 10")

    assert refused.status_code == future.status_code == 422
    assert "Linha 1, coluna 2" in text(refused)
    assert "Linha 2, coluna 1" in text(refused)
    assert "mês que já terminou; 12/2026 ainda não" in text(future)
    assert not HistoricoDeConsumo.objects.exists()


def test_a_csv_file_is_as_good_as_a_pasted_table(proinfa: Proinfa) -> None:
    content = "\ufeffMês;MWh\r\n09/2026;1499,123456\r\n".encode()
    arquivo = SimpleUploadedFile("historico.csv", content, content_type="text/csv")

    sent = proinfa.post(proinfa.caio, PAGINA, alvo="unidade:UC-77", arquivo=arquivo)
    nothing = proinfa.post(proinfa.caio, PAGINA, alvo="unidade:UC-77")

    assert (sent.status_code, nothing.status_code) == (302, 422)
    assert HistoricoDeConsumo.objects.get().meses == {"2026-09-01": "1499.123456"}


def test_the_area_is_declared_by_its_distributor_and_validated_by_ccee(proinfa: Proinfa) -> None:
    area = f"area:{proinfa.distribuidora.cnpj}"

    by_consumer = declare(proinfa, proinfa.caio, area)
    declared = declare(proinfa, proinfa.davi, area)
    own, validated = answer(proinfa, proinfa.davi), answer(proinfa, proinfa.ccee)

    assert (by_consumer.status_code, declared.status_code) == (422, 302)
    assert (own.status_code, validated.status_code) == (403, 302)
    assert len(leitura.history(proinfa.distribuidora)) == 2


@pytest.mark.clausula("3.69")
def test_for_a_quota_holder_that_is_represented_its_representative_acts(proinfa: Proinfa) -> None:
    RepresentanteDeCotista.objects.create(
        representado=proinfa.consumidor, representante=proinfa.acep, desde=proinfa.now.date()
    )

    by_represented, by_representative = declare(proinfa, proinfa.caio), declare(proinfa, proinfa.eva)

    assert by_represented.status_code == 422
    assert by_representative.status_code == 302
    assert HistoricoDeConsumo.objects.get().declarante == proinfa.acep
