"""The page of a contract's year: what it has, what it may have, a trial that keeps nothing, and the file of it."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from contratos.models import PerfilDeCarga, Sazonalizacao
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text
from tests.contratos.test_sazonalizacao import FLAT, PERFIL, announce, answer, inform, table

pytestmark = pytest.mark.django_db
PAGINA = "/contratos/CCEAR-1/montantes/2028/"


@pytest.fixture
def anunciado(cena: Cena, settings: Settings) -> Cena:
    return announce(cena, settings)


@pytest.mark.clausula("3.48", "3.49")
def test_before_anybody_acts_the_page_says_what_happens_if_nobody_does(anunciado: Cena) -> None:
    unknown = text(as_actor(anunciado.ana).get(PAGINA))
    PerfilDeCarga.objects.create(agente=anunciado.comprador, ano=2028, valores=[str(each) for each in PERFIL])
    known = text(as_actor(anunciado.ana).get(PAGINA))

    assert "o perfil de carga de DISTRIBUIDORA SUL para 2028 não foi declarado" in unknown
    assert "a CCEE usará os valores abaixo" in known
    assert "25.668,000000" in known  # January, clipped at 115 %
    assert "Enviar ao vendedor" not in known  # it is the buyer who sends


@pytest.mark.clausula("3.49", "3.59")
def test_a_trial_names_what_would_be_refused_with_the_nearest_value_and_keeps_nothing(anunciado: Cena) -> None:
    tried = as_actor(anunciado.davi).post(PAGINA, {"meses_do_ano": table(FLAT | {2: FLAT[2] * Decimal("1.16")})})
    fine = as_actor(anunciado.davi).post(PAGINA, {"meses_do_ano": table(FLAT)})

    assert "Esta tabela seria recusada" in text(tried)
    assert "116,00%" in text(tried)
    assert "Esta tabela seria aceita" in text(fine)
    assert "Enviar ao vendedor" in text(fine)
    assert not Sazonalizacao.objects.exists()


@pytest.mark.parametrize("codificacao", ["utf-8-sig", "cp1252"])
def test_a_file_from_a_spreadsheet_is_tried_and_its_cells_are_told(anunciado: Cena, codificacao: str) -> None:
    wrong = "Mês;Energia\r\n01/2028;22.320,00\r\n" + table({mes: FLAT[mes] for mes in range(2, 13)})
    upload = SimpleUploadedFile("meses.csv", wrong.encode(codificacao))

    tried = as_actor(anunciado.davi).post(PAGINA, {"arquivo": upload})

    assert tried.status_code == 200
    assert "Linha 2, coluna 2: “22.320,00”" in text(tried)
    assert "02/2028; 20880" in text(tried)  # what was brought is still there, to be put right


@pytest.mark.clausula("3.48")
def test_when_it_is_final_the_page_says_by_whom_and_gives_the_file(anunciado: Cena) -> None:
    inform(anunciado, FLAT)
    answer(anunciado, "validada")

    page = text(as_actor(anunciado.davi).get(PAGINA))
    file = as_actor(anunciado.davi).get(f"{PAGINA}montantes.csv")

    assert "Informada pelo comprador e validada pelo vendedor, definitiva desde 10/11/2027" in page
    assert "Enviar ao vendedor" not in page
    assert file.content.decode("utf-8-sig").splitlines()[1] == "01/2028;744;22320,000000;30,000000;100,00%"


def test_a_year_without_supply_and_a_file_of_what_is_not_set_are_not_there(anunciado: Cena) -> None:
    client = as_actor(anunciado.davi)

    assert client.get("/contratos/CCEAR-1/montantes/2027/").status_code == 404
    assert client.get("/contratos/CCEAR-1/montantes/9999/").status_code == 404
    assert client.get("/contratos/CCEAR-1/montantes/0/").status_code == 404
    assert client.get(f"{PAGINA}montantes.csv").status_code == 404


@pytest.mark.clausula("3.48")
def test_what_is_sent_is_the_file_that_was_chosen_and_not_what_stood_in_the_box(anunciado: Cena) -> None:
    meses = FLAT | {1: Decimal(24000), 7: Decimal(20640)}
    upload = SimpleUploadedFile("meses.csv", table(meses).encode("utf-8-sig"))

    sent = as_actor(anunciado.davi).post(PAGINA, {"meses_do_ano": table(FLAT), "arquivo": upload, "enviar": "1"})

    assert sent.status_code == 302
    assert Sazonalizacao.objects.get().saida["2028-01-01"] == "24000.000000"


def test_a_table_that_is_refused_comes_back_whole_and_the_seller_cannot_send(anunciado: Cena) -> None:
    wrong = table(FLAT | {2: Decimal(1)})

    refused = as_actor(anunciado.davi).post(PAGINA, {"meses_do_ano": wrong, "enviar": "1"})
    not_theirs = as_actor(anunciado.ana).post(PAGINA, {"meses_do_ano": table(FLAT), "enviar": "1"})

    assert refused.status_code == 422
    assert "A tabela não foi enviada" in text(refused)
    assert "02/2028; 1 " in text(refused)
    assert not_theirs.status_code == 403
    assert not Sazonalizacao.objects.exists()
