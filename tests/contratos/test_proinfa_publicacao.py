"""All quotas of a month published at once by CCEE's people; the year's curve drawn (3.40, 3.68)."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.models import (
    AnoDoProinfa,
    Atividade,
    Contrato,
    CotaDoMes,
    CotaDoProinfa,
    CurvaDoProinfa,
    HistoricoDeConsumo,
    UnidadeConsumidora,
)
from contratos.services.proinfa_publicacao import waiting_months
from portal.agentes.acesso import Ator
from portal.auditoria.models import Evento
from portal.auditoria.selectors import verify_chain
from portal.kernel.errors import Conflict
from tests.ao_mesmo_tempo import at_once
from tests.contratos import proinfas
from tests.contratos.paginas import text
from tests.contratos.proinfas import DIA_1, DIA_4, MES, Proinfa

pytestmark = [pytest.mark.django_db, pytest.mark.clausula("3.40")]
PAGINA = "/contratos/proinfa/"


def with_units(settings: Settings, more: int) -> Proinfa:
    """So many units more than the first one, all of them calculated."""
    cena = proinfas.with_quota(settings)
    for number in range(more):
        unidade = UnidadeConsumidora.objects.create(
            codigo=f"UC-8{number}", nome="Filial", consumidor=cena.consumidor, distribuidora=cena.distribuidora,
            regime="especial",
        )  # fmt: skip
        registered = cena.register(cena.consumidor, unidade_codigo=unidade.codigo, parcela="100")
        assert registered.status_code == 302
        row = HistoricoDeConsumo.objects.get(unidade=cena.unidade)
        row.pk, row.unidade = None, unidade
        row.save()
    return cena.at(DIA_1).at(DIA_4)


def publish(proinfa: Proinfa, ator: Ator | None = None, mes: str = "2026-10") -> Any:
    return proinfa.post(ator or proinfa.ccee, PAGINA, mes=mes)


def states() -> list[str]:
    return sorted(CotaDoMes.objects.values_list("situacao", flat=True))


def broken(codigo: str) -> Contrato:
    """Its quota is of no effect any more, and its flow does not know it."""
    contrato = CotaDoProinfa.objects.get(unidade__codigo=codigo).contrato
    CotaDoMes.objects.filter(contrato=contrato).update(situacao="sem_efeito")
    return contrato


def test_one_act_publishes_each_quota_as_if_it_were_alone(settings: Settings) -> None:
    proinfa = with_units(settings, 2)
    offered = text(proinfa.browser(proinfa.ccee).get(PAGINA))

    done = publish(proinfa)

    assert "3 cotas apuradas" in offered
    assert "Publicar todas as cotas de 10/2026" in offered
    assert done.status_code == 302
    assert states() == ["publicada"] * 3
    entries = Evento.objects.filter(tipo="contrato.cota_publicada", cnpj=proinfa.consumidor.cnpj)
    assert entries.values("objeto").distinct().count() == 3
    closed = Atividade.objects.filter(codigo="Q2", fluxo__ancoras__MS=MES.isoformat())
    assert {row.closed_by for row in closed} == {proinfa.ccee.nome}
    page = text(proinfa.browser(proinfa.ccee).get(PAGINA))
    assert "Cotas à espera da publicação" not in page


def test_what_cannot_be_published_is_named_with_its_reason_and_keeps_nobody_waiting(settings: Settings) -> None:
    proinfa = with_units(settings, 2)
    failed = broken("UC-77")

    told = text(publish(proinfa))

    assert "2 cotas de 10/2026 publicadas." in told
    assert "1 não pôde ser publicada" in told
    assert f"{failed.numero}</a>: Cláusula 3.39: a cota de 10/2026 ainda não foi apurada." in told
    assert states() == ["publicada", "publicada", "sem_efeito"]
    assert waiting_months() == [(MES, 1)]


def test_a_portion_at_a_time_and_failures_take_no_place_in_it(settings: Settings) -> None:
    proinfa = with_units(settings, 2)
    failed = broken("UC-77")

    first = services.publish_quotas(MES, ator=proinfa.ccee, now=DIA_4, por_vez=1)
    second = services.publish_quotas(MES, ator=proinfa.ccee, now=DIA_4, por_vez=1)

    assert (first.feitas, list(first.falhas), first.restam) == (1, [failed.numero], 1)
    assert (second.feitas, list(second.falhas), second.restam) == (1, [failed.numero], 0)


def test_only_ccee_publishes_and_only_what_waits(settings: Settings) -> None:
    proinfa = with_units(settings, 0)

    by_a_side = publish(proinfa, proinfa.davi)
    seen_by_a_side = text(proinfa.browser(proinfa.davi).get(PAGINA))
    another_month = publish(proinfa, mes="2026-09")
    no_month = publish(proinfa, mes="outubro")
    done, again = publish(proinfa), publish(proinfa)

    assert (by_a_side.status_code, another_month.status_code, no_month.status_code) == (403, 409, 422)
    assert (done.status_code, again.status_code) == (302, 409)
    assert "à espera da publicação" not in seen_by_a_side
    assert "nenhuma cota de 10/2026 espera a publicação" in text(again)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_each_quota_is_published_once_and_nobody_is_told_of_a_failure(settings: Settings) -> None:
    proinfa = with_units(settings, 3)
    all_of_it = partial(services.publish_quotas, MES, ator=proinfa.ccee, now=DIA_4)

    outcomes: list[Any] = at_once([all_of_it, all_of_it])

    done = [each for each in outcomes if not isinstance(each, Conflict)]
    assert sum(each.feitas for each in done) == 4
    assert [each.falhas for each in done] == [{}] * len(done)
    assert states() == ["publicada"] * 4
    assert verify_chain().quebra is None


@pytest.mark.clausula("3.68")
def test_the_years_curve_is_drawn_beside_its_table_and_another_year_can_be_chosen(settings: Settings) -> None:
    proinfa = proinfas.with_quota(settings)
    for ano, january in ((2026, 1000), (2027, 2000)):
        curve_of(ano, january)

    latest, other = (proinfa.browser(proinfa.davi).get(f"/contratos/proinfa/?ano={ano}") for ano in ("", "2026"))

    # 2 000 of 13 000 MWh in 744 of 8 760 hours: 181 % of the mean.
    assert "Sazonalização de 2027" in text(latest)
    assert "jan 181%; fev 100%; mar 91%" in text(latest)
    assert '<a href="?ano=2026#sazonalizacao">2026</a>' in text(latest)
    assert "Sazonalização de 2026" in text(other)
    assert "jan 98%; fev 109%; mar 98%" in text(other)


def curve_of(ano: int, january: int) -> None:
    months = {date(ano, mes, 1).isoformat(): f"{january if mes == 1 else 1000}" for mes in range(1, 13)}
    row = AnoDoProinfa.objects.create(
        ano=ano, montante_mwh=Decimal(11000 + january), ato="REH 1", stated_at=DIA_4, stated_by="teste"
    )
    CurvaDoProinfa.objects.create(
        ano=row, versao=1, origem="acep", calculo="acep 1", entrada={}, made_at=DIA_4, made_by="teste",
        saida={"cotas": months, "acep": months, "usinas": {}},
    )  # fmt: skip
