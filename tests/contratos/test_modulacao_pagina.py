"""The page of a month by the hour: what it has, what comes if nobody acts, a trial, a file, what is taken away."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contratos.models import Modulacao, PotenciaDoContrato
from tests.contratos.cena import Cena
from tests.contratos.modulados import MES, announce, answer, hours, inform, table
from tests.contratos.modulados import ca as ca
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db


@pytest.mark.clausula("3.61")
def test_before_anybody_acts_the_page_shows_what_comes_if_nobody_does(ca: Cena) -> None:
    page = text(as_actor(ca.ana).get(MES))

    assert "12.704,918033 MWh em 744 horas" in page
    assert "potência de 0,000000 a 20,000000 MW" in page
    assert "<dt>Primeira hora</dt><dd>17,076304 MWh</dd>" in page
    assert "<dt>Cada uma das outras</dt><dd>17,076503 MWh</dd>" in page
    assert "<svg" in page


@pytest.mark.clausula("3.60")
def test_a_trial_says_what_would_be_refused_and_keeps_nothing(ca: Cena) -> None:
    good = as_actor(ca.davi).post(MES, {"horas_do_mes": table(hours(h30=Decimal(19), h31=Decimal("15.153006")))})
    bad = as_actor(ca.davi).post(MES, {"horas_do_mes": table(hours(h30=Decimal(21)))})

    assert "Esta tabela seria aceita." in text(good)
    assert "Esta tabela seria recusada." in text(bad)
    assert "O permitido mais próximo é 20,000000" in text(bad)
    assert '1 h fora<span class="visually-hidden"> dos limites em' in text(bad)
    assert not Modulacao.objects.exists()


@pytest.mark.clausula("3.60")
def test_a_file_from_a_spreadsheet_is_sent_as_it_is(ca: Cena) -> None:
    content = ("\ufeffDia;Hora;MWh\r\n" + table(hours(), ";").replace("\n", "\r\n")).encode()

    sent = as_actor(ca.davi).post(MES, {"arquivo": SimpleUploadedFile("horas.csv", content), "enviar": "sim"})

    assert sent.status_code == 302
    assert Modulacao.objects.get().situacao == "proposta"


def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_half_saved(ca: Cena) -> None:
    lines = table(hours()).splitlines()
    lines[40] = "02/03/2027; 16; 1.234,5"

    refused = as_actor(ca.davi).post(MES, {"horas_do_mes": "\n".join(lines), "enviar": "sim"})

    assert refused.status_code == 422
    assert "Linha 41, coluna 3: “1.234,5”" in text(refused)
    assert not Modulacao.objects.exists()


def test_a_paste_with_tabs_is_read_on_the_page_of_the_activity_too(ca: Cena) -> None:
    address = f"/contratos/CA-1/atividades/{ca.row('H1').pk}/"

    sent = as_actor(ca.davi).post(address, {"horas_do_mes": table(hours(), "\t")})

    assert sent.status_code == 302


def test_what_is_taken_away_is_what_the_page_shows_and_reads_back(ca: Cena) -> None:
    horas = hours(h30=Decimal("19.000000"), h31=Decimal("15.153006"))
    inform(ca, horas)
    answer(ca, "validadas")

    answered = as_actor(ca.ana).get(f"{MES}horas.csv")

    content = answered.content.decode("utf-8-sig")
    assert content.splitlines()[0] == "Dia;Hora;MWh"
    assert content.splitlines()[31] == "02/03/2027;6;19,000000"
    assert len(content.splitlines()) == 745


def test_a_month_without_hours_to_state_is_not_found(ca: Cena) -> None:
    other = as_actor(ca.ana).get("/contratos/CA-1/modulacao/2027-09/")

    assert other.status_code == 404
    assert "não tem horas a informar em 09/2027" in text(other)


def test_who_only_sells_sees_no_button_to_send(ca: Cena) -> None:
    buyers, sellers = text(as_actor(ca.davi).get(MES)), text(as_actor(ca.ana).get(MES))

    assert 'name="enviar"' in buyers
    assert 'name="enviar"' not in sellers


def test_the_page_of_the_contract_leads_to_the_month(ca: Cena) -> None:
    page = text(as_actor(ca.ana).get("/contratos/CA-1/"))

    assert f'href="{MES}"' in page


@pytest.mark.clausula("3.61", "3.62")
def test_while_the_year_can_be_mended_it_warns_of_a_month_that_the_power_could_not_hold(ca: Cena) -> None:
    PotenciaDoContrato.objects.update(associada_mw=Decimal("17.07"))

    page = text(as_actor(ca.davi).get("/contratos/CA-1/montantes/2027/"))

    assert "03/2027, com 12704,918033 MWh, não cabe nos limites de potência" in page
    assert "A modulação flat passaria dos limites" in page


@pytest.mark.clausula("3.78.1", "3.60")
def test_anybody_reads_the_days_that_ccee_announced(ca: Cena, client: Client) -> None:
    announce("pmo", date(2027, 2, 25))
    announce("pld", date(2027, 2, 26))

    page = text(client.get("/contratos/janelas/"))

    assert 'Programa Mensal de Operação</td><td data-r="Quando">25/02/2027' in page
    assert 'Divulgação do PLD</td><td data-r="Quando">26/02/2027' in page
    assert 'Modulação dos CAs</td><td data-r="Quando">15/02/2027 a 26/02/2027' in page
