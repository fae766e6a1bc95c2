"""CCEE's yearly runs: exact, once, resumed after a kill, and telling what they could not do (3.49.1, 3.50, 3.52)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Count, Sum
from pytest_django import Settings

from contratos import services
from contratos.domain.contrato import Especie
from contratos.models import (
    Anuncio,
    Contrato,
    Fluxo,
    MontanteDoMes,
    PerfilDeCarga,
    RegraDeSazonalizacao,
    Rodada,
    Sazonalizacao,
)
from portal.kernel.errors import Conflict
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

DEZEMBRO = datetime(2027, 12, 10, 15, tzinfo=UTC)
PERFIL = [640, 655, 630, 570, 500, 455, 440, 450, 480, 540, 600, 640]
BY = "olga.ccee"


@pytest.fixture
def muitos(cena: Cena) -> Cena:
    """Seven availability contracts that are registered."""
    for number in range(2, 8):
        cenas.another(cena, f"CCEAR-{number}")
    Contrato.objects.update(especie=Especie.CCEAR_DISPONIBILIDADE, registro="registrado", assinatura="assinado")
    return cena


@pytest.mark.django_db
@pytest.mark.clausula("3.52")
def test_every_contract_gets_its_months_once_and_their_sum_is_the_year(muitos: Cena) -> None:
    rodada = services.run_year("flat", 2028, by=BY, now=DEZEMBRO)

    assert (rodada.total, rodada.feitos, rodada.pendentes) == (7, 7, [])
    assert rodada.finished_at is not None
    sums = MontanteDoMes.objects.values("contrato").annotate(total=Sum("energia_mwh"), meses=Count("pk"))
    assert [(row["total"], row["meses"]) for row in sums] == [(Decimal("263520.000000"), 12)] * 7
    with pytest.raises(Conflict, match=r"Cláusula 3\.52: nenhum contrato espera por esta rodada de 2028"):
        services.run_year("flat", 2028, by=BY, now=DEZEMBRO)


@pytest.mark.django_db
@pytest.mark.clausula("3.52")
def test_a_run_that_was_killed_goes_on_where_it_stopped(muitos: Cena) -> None:
    begun = services.run_year("flat", 2028, by=BY, now=DEZEMBRO, porcao=3, portions=1)
    assert (begun.feitos, begun.finished_at) == (3, None)

    done = services.run_year("flat", 2028, by="outra.pessoa", now=DEZEMBRO, porcao=3)

    assert (done.pk, done.feitos, done.started_by) == (begun.pk, 7, BY)
    assert Sazonalizacao.objects.count() == 7


@pytest.mark.django_db(transaction=True)
@pytest.mark.clausula("3.49.1", "3.52")
def test_two_runs_at_once_do_each_contract_once(muitos: Cena) -> None:
    def run() -> None:
        try:
            services.run_year("flat", 2028, by=BY, now=DEZEMBRO, porcao=2)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(run) for _ in range(2)]:
            future.result()

    assert (Sazonalizacao.objects.count(), MontanteDoMes.objects.count()) == (7, 84)
    assert [rodada.feitos for rodada in Rodada.objects.all()] == [7]


@pytest.fixture
def hidro(cena: Cena) -> Cena:
    """A quantity contract of an auction by whose rule CCEE always uses the load profile."""
    Contrato.objects.update(registro="registrado", assinatura="assinado")
    RegraDeSazonalizacao.objects.create(leilao=cenas.auction(cena), produto="Solar 2028", regra="perfil")
    return cena


def announce() -> None:
    period = {"de": date(2027, 11, 8), "ate": date(2027, 11, 30)}
    Anuncio.objects.create(codigo="sazo_ccear", referencia=date(2028, 1, 1), comunicado="8/27", **period)


def declare(cena: Cena) -> None:
    PerfilDeCarga.objects.create(agente=cena.comprador, ano=2028, valores=[str(each) for each in PERFIL])


@pytest.mark.django_db
@pytest.mark.clausula("3.50")
def test_by_the_auctions_rule_ccee_uses_the_profile_and_the_parties_are_never_asked(hidro: Cena) -> None:
    Anuncio.objects.create(
        codigo="sazo_ccear",
        referencia=date(2028, 1, 1),
        de=date(2027, 11, 8),
        ate=date(2027, 11, 30),
        comunicado="8/27",
    )
    services.open_years(now=datetime(2027, 11, 9, 15, tzinfo=UTC))
    without = services.run_year("perfil", 2028, by=BY, now=DEZEMBRO)
    declare(hidro)
    done = services.run_year("perfil", 2028, by=BY, now=DEZEMBRO)

    assert not Fluxo.objects.filter(procedimento="sazo_ccear").exists()
    ((numero, why),) = without.pendentes
    assert numero == "CCEAR-1"
    assert "Cláusula 3.50: falta o perfil de carga de DISTRIBUIDORA SUL para 2028" in why
    assert (done.feitos, done.pendentes) == (1, [])
    row = Sazonalizacao.objects.get()
    assert (row.calculo, row.entrada["perfil"]["valores"]) == ("perfil 1 (cláusula 3.50)", list(map(str, PERFIL)))


@pytest.mark.django_db
@pytest.mark.clausula("3.49", "3.49.1")
def test_what_the_parties_left_is_closed_by_the_run_and_one_without_profile_keeps_nobody_waiting(cena: Cena) -> None:
    other = cenas.another(cena, "CCEAR-2")
    Contrato.objects.update(registro="registrado", assinatura="assinado")
    Contrato.objects.filter(pk=other.pk).update(comprador=factories.create_agente("DISTRIBUIDORA NORTE"))
    Anuncio.objects.create(
        codigo="sazo_ccear",
        referencia=date(2028, 1, 1),
        de=date(2027, 11, 8),
        ate=date(2027, 11, 30),
        comunicado="8/27",
    )
    declare(cena)
    services.open_years(now=datetime(2027, 11, 9, 15, tzinfo=UTC))
    services.advance(now=DEZEMBRO)

    rodada = services.run_year("perfil", 2028, by=BY, now=DEZEMBRO)

    assert (rodada.feitos, [numero for numero, _ in rodada.pendentes]) == (1, ["CCEAR-2"])
    assert cena.row("Z4").situacao == "concluida"
    assert Fluxo.objects.get(contrato=other, procedimento="sazo_ccear").estado == "à espera da CCEE"


@pytest.mark.django_db
@pytest.mark.clausula("3.48")
def test_within_the_parties_period_the_run_leaves_theirs_alone(cena: Cena) -> None:
    Contrato.objects.update(registro="registrado", assinatura="assinado")

    rodada = services.run_year("perfil", 2028, by=BY, now=DEZEMBRO)

    ((_, why),) = rodada.pendentes
    assert "as partes ainda podem sazonalizar 2028" in why
    assert not Sazonalizacao.objects.exists()


@pytest.mark.django_db
@pytest.mark.clausula("3.52")
def test_ccee_starts_a_run_on_its_page_and_sees_how_far_it_came(muitos: Cena, settings: Settings) -> None:
    settings.DATA_DE_REFERENCIA = DEZEMBRO
    client = as_actor(muitos.ccee)

    before = text(client.get("/contratos/sazonalizacoes/"))
    started = client.post("/contratos/sazonalizacoes/", {"codigo": "flat", "ano": "2028"})
    services.run_year("flat", 2028, by=BY, now=DEZEMBRO, porcao=3, portions=1)
    going = text(client.get("/contratos/sazonalizacoes/?ano=2028"))
    ended = services.continue_years(now=DEZEMBRO)
    after = text(client.get("/contratos/sazonalizacoes/?ano=2028"))

    assert "7 contratos esperam por ela" in before
    assert started.status_code == 302
    assert "3 de 7, desde" in going
    assert ended == 1
    assert "7 de 7" in after
    assert as_actor(muitos.davi).get("/contratos/sazonalizacoes/").status_code == 403
    assert client.post("/contratos/sazonalizacoes/", {"codigo": "flat", "ano": "28"}).status_code == 422
    assert client.post("/contratos/sazonalizacoes/", {"codigo": "nenhuma", "ano": "2028"}).status_code == 404
    assert client.post("/contratos/sazonalizacoes/", {"codigo": "flat", "ano": "2028"}).status_code == 409


@pytest.mark.django_db
@pytest.mark.clausula("3.49.1", "3.52")
@pytest.mark.parametrize(("day", "done"), [(28, 0), (29, 7)])
def test_two_business_days_before_the_end_of_the_year_it_begins_by_itself(muitos: Cena, day: int, done: int) -> None:
    services.continue_years(now=datetime(2027, 12, day, 15, tzinfo=UTC))

    assert Sazonalizacao.objects.filter(ano=2028).count() == done
