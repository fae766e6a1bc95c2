"""Wind and solar: one profile for a plant and its contracts of the product, around what annex I declares (3.51)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.models import (
    Anuncio,
    AtoRegulatorio,
    Contrato,
    DisponibilidadeDeclarada,
    MontanteDoMes,
    Outorga,
    RegraDeSazonalizacao,
    Sazonalizacao,
)
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
ABERTO, DEPOIS = datetime(2026, 11, 10, 15, tzinfo=UTC), datetime(2026, 12, 1, 15, tzinfo=UTC)
ANEXO = [14, 12, 13, 15, 20, 26, 31, 34, 33, 28, 21, 17]  # MWmédio, as in the worked example of the analysis
HORAS = (744, 672, 744, 720, 744, 720, 744, 744, 720, 744, 720, 744)  # of 2027
DECLARADA = {mes: Decimal(mw * h) for mes, (mw, h) in enumerate(zip(ANEXO, HORAS, strict=True), 1)}
PERFIL = DECLARADA | {8: Decimal("27825.6"), 11: Decimal("13855.2"), 12: Decimal("11383.2")}
PAGINA = "/contratos/{}/montantes/2027/"


@pytest.fixture
def usina(settings: Settings) -> Cena:
    """Two contracts of one plant and product for 2027, of 120,000 and 80,000 MWh, and the sellers' period."""
    cena = cenas.create()
    cenas.another(cena, "CCEAR-2")
    ato = AtoRegulatorio.objects.create(tipo="Portaria", numero="1/2026", published_on=date(2026, 1, 5))
    outorga = Outorga.objects.create(agente=cena.vendedor, usina="UFV Sol do Sertão", ato=ato, informed_at=ABERTO)
    terms: dict[str, Any] = {"suprimento_inicio": date(2027, 1, 1), "suprimento_fim": date(2027, 12, 31)}
    Contrato.objects.update(registro="registrado", outorga=outorga, energia_mwh=120_000, **terms)
    Contrato.objects.filter(numero="CCEAR-2").update(energia_mwh=80_000)
    RegraDeSazonalizacao.objects.create(leilao=cenas.auction(cena), regra="disponibilidade")
    DisponibilidadeDeclarada.objects.create(
        outorga=outorga, produto=cena.contrato.produto, desde_ano=2027, valores=[str(each) for each in ANEXO]
    )
    Anuncio.objects.create(
        codigo="sazo_ccear", referencia=date(2027, 1, 1), de=date(2026, 11, 2), ate=date(2026, 11, 30), comunicado="8"
    )
    settings.DATA_DE_REFERENCIA = cena.now = ABERTO
    services.open_years(now=cena.now)
    return cena


def send(cena: Cena, meses: dict[int, Decimal], numero: str = "CCEAR-1") -> Any:
    tabela = "\n".join(f"{mes:02}/2027; {energia:f}".replace(".", ",") for mes, energia in meses.items())
    return as_actor(cena.ana).post(PAGINA.format(numero), {"meses_do_ano": tabela, "enviar": "1"})


def months(numero: str) -> dict[int, Decimal]:
    rows = MontanteDoMes.objects.filter(contrato__numero=numero)
    return dict(rows.values_list("mes__month", "energia_mwh"))


@pytest.mark.clausula("3.51", "3.51.2")
def test_the_sellers_profile_reaches_every_contract_of_the_plant_to_the_last_decimal(usina: Cena) -> None:
    per_contract = send(usina, PERFIL, "CCEAR-2")
    sent = send(usina, PERFIL)

    assert per_contract.status_code == 409
    assert "Cláusula 3.51.2" in text(per_contract)
    assert "Informe-o no contrato CCEAR-1" in text(per_contract)
    assert sent.status_code == 302
    first, second = months("CCEAR-1"), months("CCEAR-2")
    assert (first[8], second[8]) == (Decimal("17276.542903"), Decimal("11517.695269"))
    assert (first[12], second[12]) == (Decimal("7067.676642"), Decimal("4711.784428"))
    assert (sum(first.values()), sum(second.values())) == (Decimal(120_000), Decimal(80_000))
    assert set(Sazonalizacao.objects.values_list("calculo", flat=True)) == {"vendedor 1 (cláusula 3.51)"}


@pytest.mark.clausula("3.51")
def test_a_month_beyond_what_was_declared_is_named_with_the_nearest_value(usina: Cena) -> None:
    refused = send(usina, DECLARADA | {8: Decimal("30355.2"), 1: Decimal("5356.8")})

    assert refused.status_code == 422
    assert "Cláusula 3.51: 01/2027" in text(refused)
    assert "51,43% da disponibilidade declarada" in text(refused)
    assert not Sazonalizacao.objects.exists()


@pytest.mark.clausula("3.51.1")
def test_a_silent_seller_gets_what_the_annex_declares_by_the_yearly_run(usina: Cena, settings: Settings) -> None:
    settings.DATA_DE_REFERENCIA = usina.now = DEPOIS
    services.advance(now=DEPOIS)

    late = send(usina, PERFIL)
    rodada = services.run_year("perfil", 2027, by="olga.ccee", now=DEPOIS)

    assert late.status_code == 409
    assert rodada.pendentes == []
    assert sum(months("CCEAR-2").values()) == Decimal(80_000)
    assert set(Sazonalizacao.objects.values_list("calculo", flat=True)) == {"declarada 1 (cláusula 3.51.1)"}


@pytest.mark.clausula("3.51.3", "3.51.4")
def test_after_a_technical_change_another_availability_counts_from_the_next_year_on(usina: Cena) -> None:
    send(usina, PERFIL)
    before = months("CCEAR-1")
    pedido = "/contratos/CCEAR-1/pedidos/nova_disponibilidade/"
    valores = "\n".join(str(each + 1) for each in ANEXO)

    without = as_actor(usina.ana).post(pedido, {"valores": valores})
    short = as_actor(usina.ana).post(pedido, {"valores": "1\n2", "alteracao_tecnica": "Despacho 9/2026"})
    declared = as_actor(usina.ana).post(pedido, {"valores": valores, "alteracao_tecnica": "Despacho 9/2026"})

    assert (without.status_code, short.status_code, declared.status_code) == (422, 422, 302)
    assert "Cláusula 3.51.3: diga qual característica técnica da usina mudou" in text(without)
    assert "Informe doze números" in text(short)
    row = DisponibilidadeDeclarada.objects.get(alteracao__gt="")
    assert (row.desde_ano, row.valores[0]) == (2028, "15")  # 2027 is set already
    assert months("CCEAR-1") == before
