"""A year seasonalised by the parties, through the pages: informed, given back, validated, lapsed; once (3.48, 3.49)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from contratos import services
from contratos.models import Anuncio, Contrato, MontanteDoMes, PerfilDeCarga, Sazonalizacao
from portal.agentes.acesso import Ator
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
ABERTO = datetime(2027, 11, 10, 15, tzinfo=UTC)
DEPOIS = datetime(2027, 12, 1, 15, tzinfo=UTC)
HORAS = dict(enumerate((744, 696, 744, 720, 744, 720, 744, 744, 720, 744, 720, 744), 1))  # of 2028
ENERGIA = Decimal(30 * 8784)
FLAT = {mes: Decimal(30 * horas) for mes, horas in HORAS.items()}
PERFIL = [640, 655, 630, 570, 500, 455, 440, 450, 480, 540, 600, 640]


@pytest.fixture
def anunciado(cena: Cena, settings: Settings) -> Cena:
    return announce(cena, settings)


def announce(cena: Cena, settings: Settings) -> Cena:
    """The contract registered, and CCEE's period for 2028 under way."""
    Contrato.objects.update(assinatura="assinado", registro="registrado")
    cena.contrato.refresh_from_db()
    Anuncio.objects.create(
        codigo="sazo_ccear", referencia=date(2028, 1, 1), de=date(2027, 11, 8), ate=date(2027, 11, 30),
        comunicado="Comunicado 812/2027",
    )  # fmt: skip
    settings.DATA_DE_REFERENCIA = cena.now = ABERTO
    services.open_years(now=cena.now)
    return cena


def table(meses: dict[int, Decimal]) -> str:
    return "\n".join(f"{mes:02}/2028; {energia:f}".replace(".", ",") for mes, energia in meses.items())


def inform(cena: Cena, meses: dict[int, Decimal], *, ator: Ator | None = None) -> Any:
    address = f"/contratos/CCEAR-1/atividades/{cena.row('Z1').pk}/"
    return as_actor(ator or cena.davi).post(address, {"meses_do_ano": table(meses)})


def answer(cena: Cena, resultado: str, **dados: str) -> Any:
    return as_actor(cena.ana).post(
        f"/contratos/CCEAR-1/atividades/{cena.row('Z2').pk}/", {"resultado": resultado, **dados}
    )


@pytest.mark.clausula("3.48")
def test_the_buyer_informs_the_seller_validates_and_the_year_is_final(anunciado: Cena) -> None:
    meses = FLAT | {1: FLAT[1] * Decimal("1.1"), 7: FLAT[7] * Decimal("0.9")}

    informed, validated = inform(anunciado, meses), answer(anunciado, "validada")

    assert (informed.status_code, validated.status_code) == (302, 302)
    rows = dict(MontanteDoMes.objects.values_list("mes__month", "energia_mwh"))
    assert rows == meses
    row = Sazonalizacao.objects.get()
    assert (row.situacao, row.calculo, row.ano) == ("final", "partes 1 (cláusula 3.48)", 2028)
    assert row.entrada["energia_mwh"] == f"{ENERGIA}.000000"
    assert anunciado.row("Z1").fluxo.closed_at is not None


@pytest.mark.clausula("3.48")
def test_given_back_it_is_the_buyers_turn_again_and_both_versions_stay(anunciado: Cena) -> None:
    inform(anunciado, FLAT)

    without_reason = answer(anunciado, "devolvida")
    answer(anunciado, "devolvida", devolucao="Julho é o nosso pico.")
    again = inform(anunciado, FLAT)

    assert without_reason.status_code == 422
    assert again.status_code == 302
    assert [row.situacao for row in Sazonalizacao.objects.order_by("pk")] == ["devolvida", "proposta"]
    assert not MontanteDoMes.objects.exists()


@pytest.mark.clausula("3.49", "3.59")
def test_a_month_out_of_the_band_or_a_total_that_is_not_kept_is_refused_and_named(anunciado: Cena) -> None:
    refused = inform(anunciado, FLAT | {2: FLAT[2] * Decimal("1.16")})

    assert refused.status_code == 422
    told = text(refused)
    assert "02/2028" in told and "116,00% da média" in told and "24012" in told  # noqa: PT018 - one sentence
    assert "somam" in told and "sobram 3340,8" in told  # noqa: PT018 - one sentence
    assert not Sazonalizacao.objects.exists()


@pytest.mark.clausula("3.49", "3.49.1")
def test_what_the_parties_did_not_do_ccee_does_by_the_load_profile(anunciado: Cena, settings: Settings) -> None:
    inform(anunciado, FLAT)  # and nobody validates
    settings.DATA_DE_REFERENCIA = anunciado.now = DEPOIS
    services.advance(now=DEPOIS)
    z4 = f"/contratos/CCEAR-1/atividades/{anunciado.row('Z4').pk}/"

    late = answer(anunciado, "validada")
    without = as_actor(anunciado.ccee).post(z4, {})
    PerfilDeCarga.objects.create(agente=anunciado.comprador, ano=2028, valores=[str(each) for each in PERFIL])
    done = as_actor(anunciado.ccee).post(z4, {})

    assert late.status_code == 409
    assert without.status_code == 422
    assert "Cláusula 3.49: falta o perfil de carga de DISTRIBUIDORA SUL para 2028" in text(without)
    assert done.status_code == 302
    assert anunciado.row("Z4").vence_em == date(2027, 12, 31)
    rows = dict(MontanteDoMes.objects.values_list("mes__month", "energia_mwh"))
    assert sum(rows.values()) == ENERGIA
    assert rows[1] == FLAT[1] * Decimal("1.15")
    assert [row.situacao for row in Sazonalizacao.objects.order_by("pk")] == ["sem_efeito", "final"]


@pytest.mark.clausula("3.48")
def test_the_hourly_routine_asks_no_more_where_more_contracts_stand_as_announced(anunciado: Cena) -> None:
    with CaptureQueriesContext(connection) as few:
        services.open_years(now=anunciado.now)
    for number in range(2, 6):
        Contrato.objects.filter(pk=cenas.another(anunciado, f"CCEAR-{number}").pk).update(registro="registrado")

    opened = services.open_years(now=anunciado.now)
    with CaptureQueriesContext(connection) as many:
        again = services.open_years(now=anunciado.now)

    assert (opened, again) == (4, 0)
    assert len(many) == len(few)


@pytest.mark.clausula("3.48")
def test_a_period_that_is_announced_anew_moves_what_is_open(anunciado: Cena) -> None:
    Anuncio.objects.update(ate=date(2027, 12, 6))

    services.open_years(now=anunciado.now)

    assert anunciado.row("Z1").vence_em == date(2027, 12, 6)
