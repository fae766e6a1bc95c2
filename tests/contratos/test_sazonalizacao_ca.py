"""A year of a CA: before its supply begins, within the period of its auction, else flat (3.55 to 3.59)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.domain.contrato import Especie
from contratos.models import Anuncio, Contrato, MontanteDoMes, Sazonalizacao, TipoDeLeilao
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
ABERTO = datetime(2027, 2, 10, 15, tzinfo=UTC)
BOM = {3: "14000", 4: "12500", 5: "12000", 6: "11500"}


@pytest.fixture
def ca(settings: Settings) -> Cena:
    """50,000 MWh from March to June 2027, and the general period of the year open until the end of March."""
    cena = cenas.create(Especie.CA, TipoDeLeilao.AJUSTE)
    terms = {"suprimento_inicio": date(2027, 3, 1), "suprimento_fim": date(2027, 6, 30), "energia_mwh": 50_000}
    Contrato.objects.update(registro="registrado", montante_mwmed=Decimal("17.076503"), **terms)
    announce(date(2027, 3, 31))
    settings.DATA_DE_REFERENCIA = cena.now = ABERTO
    services.open_years(now=cena.now)
    return cena


def announce(ate: date, **auction: object) -> None:
    Anuncio.objects.create(
        codigo="sazo_ca", referencia=date(2027, 1, 1), de=date(2027, 2, 1), ate=ate, comunicado="9/2027", **auction
    )


def send(cena: Cena, meses: dict[int, str]) -> Any:
    tabela = "\n".join(f"{mes:02}/2027; {energia}" for mes, energia in meses.items())
    return as_actor(cena.davi).post("/contratos/CCEAR-1/montantes/2027/", {"meses_do_ano": tabela, "enviar": "1"})


@pytest.mark.clausula("3.55", "3.56", "3.59")
def test_within_the_band_the_buyer_informs_and_the_seller_validates(ca: Cena) -> None:
    refused = send(ca, BOM | {3: "14700", 6: "10800"})
    informed = send(ca, BOM)
    address = f"/contratos/CCEAR-1/atividades/{ca.row('Z2').pk}/"
    validated = as_actor(ca.ana).post(address, {"resultado": "validada"})
    again = send(ca, BOM)

    assert refused.status_code == 422
    assert "Cláusula 3.55: 03/2027, com 14700 MWh, fica em 115,70% da média" in text(refused)
    assert (informed.status_code, validated.status_code) == (302, 302)
    assert again.status_code == 409
    rows = dict(MontanteDoMes.objects.values_list("mes__month", "energia_mwh"))
    assert rows == {mes: Decimal(energia) for mes, energia in BOM.items()}


@pytest.mark.clausula("3.57", "3.58")
def test_after_supply_has_begun_it_is_flat_to_the_last_decimal(ca: Cena, settings: Settings) -> None:
    assert ca.row("Z1").vence_em == date(2027, 2, 28)  # sooner than the end of the period
    send(ca, BOM)
    settings.DATA_DE_REFERENCIA = ca.now = datetime(2027, 3, 1, 15, tzinfo=UTC)

    late = as_actor(ca.ana).post(f"/contratos/CCEAR-1/atividades/{ca.row('Z2').pk}/", {"resultado": "validada"})
    services.advance(now=ca.now)

    assert late.status_code == 422
    assert "o prazo das partes terminou em 28/02/2027" in text(late)
    assert "a CCEE sazonaliza flat (cláusula 3.58)" in text(late)
    rows = dict(MontanteDoMes.objects.values_list("mes__month", "energia_mwh"))
    assert rows == {mes: Decimal("12704.918033" if mes in (3, 5) else "12295.081967") for mes in BOM}
    assert Sazonalizacao.objects.get(situacao="final").calculo == "flat 1 (cláusula 3.58)"


@pytest.mark.clausula("3.55")
def test_an_auctions_own_period_counts_in_the_place_of_the_general_one_and_moves_what_is_open(ca: Cena) -> None:
    leilao = cenas.auction(ca)
    announce(date(2027, 2, 19), leilao=leilao)

    services.open_years(now=ca.now)

    row = ca.row("Z1")
    assert row.vence_em == date(2027, 2, 19)
    assert row.fluxo.contrato.fluxos.count() == 1


@pytest.mark.clausula("3.58")
def test_one_that_was_registered_after_the_period_is_flat_by_the_run(ca: Cena) -> None:
    other = cenas.another(ca, "CA-2")
    Contrato.objects.filter(pk=other.pk).update(registro="registrado", suprimento_fim=date(2028, 6, 30))
    april = datetime(2027, 4, 1, 15, tzinfo=UTC)

    rodada = services.run_year("ajuste", 2028, by="olga.ccee", now=april)
    announce_2028 = Anuncio(codigo="sazo_ca", referencia=date(2028, 1, 1), de=date(2027, 2, 1), ate=date(2027, 3, 1))
    announce_2028.save()
    done = services.run_year("ajuste", 2028, by="olga.ccee", now=april)

    assert "as partes ainda podem sazonalizar 2028" in rodada.pendentes[0][1]
    assert (done.feitos, done.pendentes) == (1, [])
