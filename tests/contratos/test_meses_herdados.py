"""A year that was set, in the middle of which a new contract takes another's place: not a millionth is lost (3.87)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db.models import Sum
from pytest_django import Settings

from contratos import montantes
from contratos.domain.sazonalizacao import PELO_FLAT, Regra
from contratos.models import Contrato, MontanteDoMes, Sazonalizacao
from contratos.services import anuais, finais, meses_herdados
from contratos.services.finais import DoAno
from portal.auditoria.services import act
from portal.kernel.errors import Conflict
from tests.contratos.cena import Cena
from tests.contratos.test_sucessao import DISTRATO, effected, succeeding

pytestmark = pytest.mark.django_db
DEZEMBRO = datetime(2027, 12, 10, 15, tzinfo=UTC)


def set_year(contrato: Contrato) -> None:
    pergunta = anuais.ask(contrato, montantes.year(contrato, 2028), PELO_FLAT[Regra.AJUSTE], {})
    row = DoAno(contrato, 2028, anuais.answer(pergunta), pergunta.calculo, pergunta.entrada)
    with act():
        finais.write_final([row], by="olga.ccee", now=DEZEMBRO)


@pytest.mark.clausula("3.87")
def test_the_months_that_are_left_pass_to_the_new_contract_and_stay_set(cena: Cena, settings: Settings) -> None:
    sucedendo = succeeding(cena, settings)
    set_year(sucedendo.contrato)

    assert effected(sucedendo, settings, DISTRATO).status_code == 302

    novo = Contrato.objects.get(numero="CCEAR-1-S1")
    months = {of: [row.mes.month for row in of.montantes.order_by("mes")] for of in (sucedendo.fresh(), novo)}
    assert list(months.values()) == [[1, 2, 3, 4, 5, 6, 7], [7, 8, 9, 10, 11, 12]]  # on 3 July
    assert MontanteDoMes.objects.aggregate(soma=Sum("energia_mwh"))["soma"] == Decimal(263_520)
    row = Sazonalizacao.objects.get(contrato=novo)
    assert (row.situacao, row.entrada["herdada_de"], len(row.saida)) == ("final", "CCEAR-1", 6)
    with pytest.raises(Conflict, match="já está sazonalizado"):
        finais.require_none(novo, 2028)


def test_a_month_in_the_middle_of_which_it_happens_is_parted_by_hours(cena: Cena) -> None:
    antigo, novo = cena.contrato, Contrato.objects.get(pk=cena.contrato.pk)
    novo.pk, novo.numero = None, "CCEAR-1-S1"
    novo.save(force_insert=True)
    MontanteDoMes.objects.create(contrato=antigo, mes=date(2028, 7, 1), energia_mwh=Decimal("1000.000001"))

    meses_herdados.pass_on(antigo, novo, date(2028, 7, 11))  # ten of its 31 days are over

    assert novo.montantes.get().energia_mwh == Decimal("677.419356")
    assert MontanteDoMes.objects.aggregate(soma=Sum("energia_mwh"))["soma"] == Decimal("1000.000001")
