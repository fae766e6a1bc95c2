"""What is kept beside a result makes it again, to the last decimal, without another look at the database.

Only `entrada` and `calculo` are used here, as they come back from the row, and the pure functions of amounts.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from contratos import modulacao, services
from contratos.domain.acordo import Intervalo
from contratos.domain.contrato import Especie
from contratos.domain.modulacao import MesDeCa
from contratos.domain.montantes import disponibilidade, flat, perfil, proinfa
from contratos.domain.montantes.faixa import Faixa
from contratos.models import Contrato, CotaDoMes, CurvaDoProinfa, Modulacao, Sazonalizacao, UsinaDoProinfa
from tests.contratos import proinfas, test_disponibilidade, test_proinfa_anual, test_rodadas
from tests.contratos.cena import Cena
from tests.contratos.modulados import DEPOIS, on
from tests.contratos.modulados import ca as ca
from tests.contratos.test_disponibilidade import usina as usina
from tests.contratos.test_rodadas import hidro as hidro

pytestmark = pytest.mark.django_db
Entrada = Mapping[str, Any]


def amounts(texts: Mapping[str, str]) -> dict[date, Decimal]:
    return {date.fromisoformat(mes): Decimal(energia) for mes, energia in texts.items()}


def hours(entrada: Entrada) -> dict[date, int]:
    return {date.fromisoformat(mes): horas for mes, horas in entrada["horas"].items()}


def of_flat(entrada: Entrada) -> dict[date, Decimal]:
    return flat.distribute_by_hours(Decimal(entrada["energia_mwh"]), hours(entrada))


def of_profile(entrada: Entrada) -> dict[date, Decimal]:
    horas, stated = hours(entrada), entrada["perfil"]
    loads = {mes: Decimal(stated["valores"][mes.month - 1]) for mes in horas}
    weights = perfil.from_power(loads, horas) if stated["unidade"] == "mwmed" else loads
    low, high = (Decimal(limit.rstrip("%")) / 100 for limit in entrada["faixa"].split(" a "))
    return perfil.distribute(Decimal(entrada["energia_mwh"]), horas, weights, Faixa(low, high))


def of_plant(entrada: Entrada) -> dict[date, Decimal]:
    own = {mes: energia for mes, energia in amounts(entrada["perfil"]).items() if mes in hours(entrada)}
    return disponibilidade.split({0: Decimal(entrada["energia_mwh"])}, own)[0]


REGRAS = {"flat 1": of_flat, "perfil 1": of_profile, "vendedor 1": of_plant, "declarada 1": of_plant}


def require_made_again(*expected: str) -> None:
    rows = list(Sazonalizacao.objects.order_by("pk").values("calculo", "entrada", "saida"))
    assert [row["calculo"] for row in rows] == list(expected)
    for row in rows:
        remade = REGRAS[row["calculo"].partition(" (")[0]](row["entrada"])
        assert {mes.isoformat(): f"{energia:.6f}" for mes, energia in remade.items()} == row["saida"]


@pytest.mark.clausula("3.52")
def test_a_year_flat(cena: Cena) -> None:
    """Of supply that begins within a month."""
    Contrato.objects.update(
        especie=Especie.CCEAR_DISPONIBILIDADE, registro="registrado", suprimento_inicio=date(2028, 2, 10)
    )
    services.run_year("flat", 2028, by="olga.ccee", now=test_rodadas.DEZEMBRO)

    require_made_again("flat 1 (cláusula 3.52)")


@pytest.mark.clausula("3.50")
def test_a_year_by_the_load_profile(hidro: Cena) -> None:
    test_rodadas.declare(hidro)
    services.run_year("perfil", 2028, by="olga.ccee", now=test_rodadas.DEZEMBRO)

    require_made_again("perfil 1 (cláusula 3.50)")


@pytest.mark.clausula("3.51", "3.51.1", "3.51.2")
@pytest.mark.parametrize("says", [True, False])
def test_a_year_of_a_plant_of_its_seller_or_as_declared(usina: Cena, settings: Settings, says: bool) -> None:
    if says:
        test_disponibilidade.send(usina, test_disponibilidade.PERFIL)
    else:
        settings.DATA_DE_REFERENCIA = usina.now = test_disponibilidade.DEPOIS
        services.advance(now=usina.now)
        services.run_year("perfil", 2027, by="olga.ccee", now=usina.now)

    calculo = "vendedor 1 (cláusula 3.51)" if says else "declarada 1 (cláusula 3.51.1)"
    require_made_again(calculo, calculo)
    if not says:
        entrada = Sazonalizacao.objects.earliest("pk").entrada
        declared = {mes: Decimal(entrada["declarada"]["valores"][mes.month - 1]) for mes in hours(entrada)}
        assert disponibilidade.declared(declared, hours(entrada)) == amounts(entrada["perfil"])


@pytest.mark.clausula("3.61")
def test_a_month_flat(ca: Cena, settings: Settings) -> None:
    on(ca, settings, DEPOIS)
    services.advance(now=DEPOIS)

    row = Modulacao.objects.get()

    days = Intervalo(date.fromisoformat(row.entrada["de"]), date.fromisoformat(row.entrada["ate"]))
    remade = MesDeCa(days, Decimal(row.entrada["energia_mwh"]), None).flat()
    assert (row.calculo, len(remade)) == ("flat 1 (cláusula 3.61)", 744)
    assert modulacao.as_kept(remade) == row.horas


@pytest.mark.clausula("3.39")
def test_a_quota_of_a_month(settings: Settings) -> None:
    proinfas.with_quota(settings).at(proinfas.DIA_1)

    row = CotaDoMes.objects.get()

    base, parcela = (Decimal(row.entrada[nome]) for nome in ("cota_da_distribuidora_mwh", "parcela"))
    remade = proinfa.transfer(base, amounts(row.entrada["unidade"]), amounts(row.entrada["area"]), parcela)
    assert (row.calculo, remade.unidade) == ("cota 1 (cláusula 3.39)", row.energia_mwh)


@pytest.mark.clausula("3.65", "3.66")
def test_the_curve_that_ccee_makes_and_the_one_after_a_plant_changed(settings: Settings) -> None:
    cena = proinfas.create(settings)
    cena.register(cena.distribuidora)
    UsinaDoProinfa.objects.create(codigo="PCH-1", nome="Salto", garantia_fisica_mwmed=Decimal("9.6"))
    test_proinfa_anual.state(cena.at(test_proinfa_anual.DEZEMBRO))
    cena.at(datetime(2027, 1, 4, 15, tzinfo=UTC))
    said = {"ato_tipo": "Portaria", "ato_numero": "77/2027", "ato_publicado_em": "2027-01-04", "desde": "2027-06"}
    cena.ask("proinfa_garantia", cena.conta, **said, usina="PCH-1", garantia_mwmed="9,3")

    first, second = CurvaDoProinfa.objects.order_by("versao")

    horas = {date(2027, mes, 1): each for mes, each in enumerate(test_disponibilidade.HORAS, 1)}
    plants = {nome: Decimal(energia) for nome, energia in first.entrada["usinas"].items()}
    made = proinfa.automatic(Decimal(first.entrada["montante_mwh"]), horas, plants)
    assert (made.curva, made.acep) == (amounts(first.saida["cotas"]), amounts(first.saida["acep"]))
    assert made.usinas == {nome: amounts(meses) for nome, meses in first.saida["usinas"].items()}
    change = second.entrada
    before, after = Decimal(change["de_mwmed"]), Decimal(change["para_mwmed"])
    scaled = proinfa.scale(made.usinas[change["usina"]], before, after, date.fromisoformat(change["desde"]))
    assert (change["curva"], scaled) == (first.versao, amounts(second.saida["usinas"]["PCH-1"]))
