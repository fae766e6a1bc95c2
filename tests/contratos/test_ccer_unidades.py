"""CCERs seen from their consumer units: one in force, found by operations, kept in the export."""

import io
import json
import zipfile

import pytest
from pytest_django import Settings

from contratos import services
from contratos.models import Ccer, MontanteDoMes, UnidadeConsumidora
from portal.agentes.models import Agente
from tests.ao_mesmo_tempo import at_once
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text
from tests.contratos.test_ccer import (
    PEDIDO as PEDIDO,
)
from tests.contratos.test_ccer import (
    REGISTRAR as REGISTRAR,
)
from tests.contratos.test_ccer import (
    fabrica as fabrica,
)
from tests.contratos.test_ccer import (
    made as made,
)
from tests.contratos.test_ccer import (
    on as on,
)
from tests.contratos.test_ccer import (
    register as register,
)
from tests.contratos.test_ccer import (
    registrado as registrado,
)

pytestmark = pytest.mark.django_db


@pytest.mark.clausula("3.23")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [False, True])
def test_of_two_registrations_at_once_of_a_unit_one_remains(cena: Cena, fabrica: Agente, known: bool) -> None:
    if known:
        about = {"nome": "Portão 2", "regime": "parcialmente_livre", "rede_basica": True}
        UnidadeConsumidora.objects.create(codigo="UC-1", consumidor=fabrica, distribuidora=cena.comprador, **about)

    def try_it() -> object:
        return services.register_contract("ccer_registro", evidencia=PEDIDO, ator=cena.davi, now=cena.now)

    refused = [outcome for outcome in at_once([try_it] * 2) if isinstance(outcome, Exception)]

    assert ["Cláusula 3.23" in str(each) for each in refused] == [True]
    assert Ccer.objects.count() == UnidadeConsumidora.objects.count() == 1
    assert MontanteDoMes.objects.count() == 3


@pytest.mark.clausula("3.22")
def test_operations_find_the_units_that_have_no_registration_in_force(registrado: Cena, settings: Settings) -> None:
    UnidadeConsumidora.objects.create(
        codigo="UC-2", nome="Sem registro", consumidor=registrado.vendedor, distribuidora=registrado.comprador
    )
    client = as_actor(registrado.ccee)
    without, having = (
        text(client.get(f"/admin/contratos/unidadeconsumidora/?ccer={which}")) for which in ("nao", "sim")
    )
    on(registrado, settings, 2027, 4, 1)
    after = text(client.get("/admin/contratos/unidadeconsumidora/?ccer=nao"))

    assert ("UC-2" in without, "UC-1" in without) == (True, False)
    assert ("UC-2" in having, "UC-1" in having) == (False, True)
    assert "UC-1" in after


def test_the_export_of_the_contract_has_its_months_and_its_unit(registrado: Cena) -> None:
    answer = as_actor(registrado.davi).get(f"/contratos/{registrado.contrato.numero}/contrato.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        kept = json.loads(archive.read("contrato.json"))["instrumentos"]

    assert [row["energia_mwh"] for row in kept["montantedomes"]] == ["5.000000", "6.000000", "7.000000"]
    assert [row["codigo"] for row in kept["unidadeconsumidora"]] == ["UC-1"]
