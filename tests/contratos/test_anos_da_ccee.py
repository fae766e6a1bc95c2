"""What CCEE states each year for the next: inflexibility of availability contracts, months of quotas (3.53, 3.75)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.domain.contrato import Especie
from contratos.models import Contrato, Inflexibilidade, Sazonalizacao
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
OUTUBRO = datetime(2027, 10, 4, 15, tzinfo=UTC)
MESES = "\n".join(f"{mes:02}/2028; 1000,5" for mes in range(1, 13))


def opened(cena: Cena, settings: Settings, especie: Especie) -> str:
    """The address of the activity, in October of the year before."""
    Contrato.objects.update(registro="registrado", especie=especie.value, energia_mwh=12_006 * 20)
    settings.DATA_DE_REFERENCIA = cena.now = OUTUBRO
    services.open_years(now=cena.now)
    services.open_years(now=cena.now)
    return f"/contratos/CCEAR-1/atividades/{cena.contrato.fluxos.get().atividades.get().pk}/"


@pytest.mark.clausula("3.53")
def test_the_inflexibility_is_stated_once_in_every_month_and_only_with_a_cvu(cena: Cena, settings: Settings) -> None:
    address, client = opened(cena, settings, Especie.CCEAR_DISPONIBILIDADE), as_actor(cena.ccee)
    due = cena.contrato.fluxos.get().atividades.get().vence_em

    def post(**dados: str) -> Any:
        return client.post(address, dados)

    none = post(cvu="0", meses_do_ano=MESES)
    missing = post(cvu="120,50", meses_do_ano="01/2028; 1000,5")
    done = post(cvu="120,50", meses_do_ano=MESES)
    again = post(cvu="0")

    assert due == date(2027, 12, 31)
    assert (none.status_code, missing.status_code, done.status_code, again.status_code) == (422, 422, 302, 409)
    assert "Cláusula 3.53: com CVU zero não há inflexibilidade a informar" in text(none)
    assert "Cláusula 3.53: falta a energia de 02/2028" in text(missing)
    row = Inflexibilidade.objects.get()
    assert (row.ano, str(row.cvu), len(row.meses), row.meses["2028-01-01"]) == (2028, "120.50", 12, "1000.500000")


@pytest.mark.clausula("3.75")
def test_quotas_are_seasonalised_by_ccee_with_their_total_kept_and_shown_to_both(
    cena: Cena, settings: Settings
) -> None:
    address = opened(cena, settings, Especie.CCGF)
    Contrato.objects.update(suprimento_fim=date(2028, 12, 31), energia_mwh=12_006)

    wrong = as_actor(cena.ccee).post(address, {"meses_do_ano": MESES.replace("12/2028; 1000,5", "12/2028; 1000,6")})
    done = as_actor(cena.ccee).post(address, {"meses_do_ano": MESES})

    assert wrong.status_code == 422
    assert "Cláusula 3.75: os meses somam 12006,1 MWh" in text(wrong)
    assert done.status_code == 302
    assert Sazonalizacao.objects.get().calculo == "ccee 1 (cláusula 3.75)"
    assert "1.000,500000" in text(as_actor(cena.davi).get("/contratos/CCEAR-1/montantes/2028/"))
    assert cena.contrato.fluxos.get().atividades.get().vence_em == date(2027, 12, 29)
