"""What a database from before the CCGs had rows is given by its migration."""

from importlib import import_module

import pytest
from django.apps import apps

from contratos.models import Ccg, Fluxo
from tests.contratos.cena import Cena

pytestmark = pytest.mark.django_db


def test_of_celebrated_ccgs_the_last_is_in_force_and_those_before_are_revoked(cena: Cena) -> None:
    first, second, open_one = (cena.open("ccg_existente") for _ in range(3))
    Ccg.objects.all().delete()
    for day, fluxo in enumerate((first, second), 1):
        Fluxo.objects.filter(pk=fluxo.pk).update(estado="celebrado", closed_at=cena.now.replace(day=day))
        fluxo.atividades.filter(codigo="G1").update(
            evidencia={"tipo_garantia": "Fiança", "banco_gestor": f"Banco {day}"}
        )

    migration = import_module("contratos.migrations.0004_ccgs_anteriores")
    for _ in range(2):  # a second time changes nothing
        migration.write_rows(apps, None)

    found = {ccg.fluxo_id: ccg for ccg in Ccg.objects.all()}
    assert found.keys() == {first.pk, second.pk}
    assert (found[second.pk].situacao, found[second.pk].banco_gestor) == ("em_vigor", "Banco 2")
    assert (found[first.pk].situacao, found[first.pk].revoked_at) == ("revogado", found[second.pk].celebrated_at)
    assert open_one.pk not in found
