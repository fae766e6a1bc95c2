"""PROINFA's routine, twice at once and killed: one account, one flow, one quota and one curve each (3.38 to 3.66)."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from contratos import services
from contratos.models import (
    AnoDoProinfa,
    Anuncio,
    Atividade,
    Contrato,
    CotaAnual,
    CotaDoMes,
    CotaDoProinfa,
    CurvaDoProinfa,
    Fluxo,
    HistoricoDeConsumo,
    MontanteDoMes,
    UnidadeConsumidora,
)
from portal.auditoria.models import Evento
from portal.auditoria.selectors import verify_chain
from tests import factories
from tests.ao_mesmo_tempo import at_once
from tests.contratos import proinfas
from tests.contratos.condenados import Condenados, undisturbed
from tests.contratos.proinfas import ANTES, COTA, Proinfa

DEZEMBRO, JANEIRO = datetime(2026, 12, 10, 15, tzinfo=UTC), datetime(2027, 1, 6, 15, tzinfo=UTC)
UNIDADES, SEMENTE = 3, 20261122
MESES = [date(2026, mes, 1) for mes in (10, 11, 12)]


@pytest.fixture
def virada(transactional_db: None, settings: Settings) -> Proinfa:
    """Some units and three months of quotas; the act of 2027 is stated, and in January its ACEP is late.

    The routine has not come by since October: all of it is due at once.
    """
    proinfa = proinfas.create(settings)
    proinfa.register(proinfa.distribuidora)
    for number in range(78, 77 + UNIDADES):
        UnidadeConsumidora.objects.create(
            codigo=f"UC-{number}", nome="Oficina", consumidor=proinfa.consumidor, regime="especial",
            distribuidora=proinfa.distribuidora,
        )  # fmt: skip
    for unidade in UnidadeConsumidora.objects.order_by("pk"):
        proinfa.register(proinfa.consumidor, unidade_codigo=unidade.codigo, parcela="100")
    for mes in MESES:
        MontanteDoMes.objects.create(contrato=proinfa.da_distribuidora, mes=mes, energia_mwh=COTA)
    for unidade in UnidadeConsumidora.objects.order_by("pk")[: UNIDADES - 1]:  # of the last one it is missing
        proinfa.unidade = unidade
        proinfas.give_history(proinfa)
    period: dict[str, Any] = {"de": date(2026, 10, 15), "ate": date(2027, 1, 15)}
    Anuncio.objects.create(codigo="proinfa_anual", referencia=date(2027, 1, 1), comunicado="700/2026", **period)
    settings.DATA_DE_REFERENCIA = DEZEMBRO
    stated = proinfa.ask(
        "proinfa_ato", proinfa.conta, ano="2027", ato_tipo="Resolução Homologatória", ato_numero="3.500/2026",
        ato_publicado_em="2026-12-01", montante_mwh="12000,000001",
        cotas=f"{proinfa.da_distribuidora.numero}; 12000,000001",
    )  # fmt: skip
    assert stated.status_code == 302
    settings.DATA_DE_REFERENCIA = JANEIRO
    return proinfa


def routine() -> int:
    return services.open_proinfa(now=JANEIRO)


def picture() -> dict[str, Any]:
    """Everything that the routine writes, without keys and the order in which it came."""
    return {
        "contratos": sorted(Contrato.objects.values_list("numero", "registro", "energia_mwh")),
        "fluxos": Counter(map(str, Fluxo.objects.values_list("contrato__numero", "procedimento", "ancoras", "estado"))),
        "atividades": Counter(Atividade.objects.values_list("fluxo__contrato__numero", "codigo", "situacao")),
        "cotas": sorted(CotaDoMes.objects.values_list("contrato__numero", "mes", "energia_mwh", "situacao")),
        "anos": sorted(map(str, CotaAnual.objects.values_list("contrato__numero", "energia_mwh", "versao_da_curva"))),
        "meses": sorted(MontanteDoMes.objects.values_list("contrato__numero", "mes", "energia_mwh")),
        "curvas": list(map(str, CurvaDoProinfa.objects.values_list("versao", "calculo", "entrada", "saida"))),
        "trilha": Counter(Evento.objects.values_list("tipo", "objeto", "cnpj")),
    }


def require_whole(found: dict[str, Any]) -> None:
    assert [energia for _, _, energia, _ in found["cotas"]] == [Decimal(60)] * len(MESES) * (UNIDADES - 1)
    assert len(found["curvas"]) == 1
    assert [key for key, count in found["fluxos"].items() if count != 1] == []
    assert verify_chain().quebra is None
    assert routine() == 0


@pytest.mark.clausula("3.39", "3.43", "3.66")
def test_two_routines_at_once_do_each_thing_once(virada: Proinfa) -> None:
    expected, _ = undisturbed(routine, picture)

    outcomes = at_once([routine] * 3)

    assert [type(each) for each in outcomes] == [int] * 3
    assert picture() == expected
    require_whole(expected)


@pytest.mark.clausula("3.39", "3.43", "3.66")
def test_two_at_once_killed_at_any_moment_end_with_what_one_routine_makes(virada: Proinfa) -> None:
    expected, needed = undisturbed(routine, picture)
    condenados = Condenados(routine, needed // 6, SEMENTE, 2)

    condenados.run(lambda: 0 in condenados.endings)

    assert picture() == expected
    assert condenados.deaths >= 5
    require_whole(expected)


@pytest.mark.clausula("3.63")
def test_the_account_of_the_acep_is_opened_once(transactional_db: None, settings: Settings) -> None:
    settings.ACEP_CNPJ = factories.create_agente("ENBPAR").cnpj

    outcomes = at_once([partial(services.open_proinfa, now=ANTES)] * 4)

    assert sorted(map(str, outcomes)) == ["0", "0", "0", "1"]
    assert Contrato.objects.get().registro == "registrado"


def test_an_idle_run_locks_and_writes_nothing_and_asks_as_much_for_many_units_as_for_few(virada: Proinfa) -> None:
    """Also for those that wait for their history."""
    asked = []
    for number in (90, 91, 92):
        routine()
        before = Evento.objects.count()
        with CaptureQueriesContext(connection) as captured:
            assert routine() == 0
        queries = [each["sql"] for each in captured]
        asked.append(len(queries))
        assert [sql for sql in queries if not sql.startswith("SELECT") or "FOR UPDATE" in sql] == []
        assert Evento.objects.count() == before
        UnidadeConsumidora.objects.create(
            codigo=f"UC-{number}", nome="Oficina", consumidor=virada.consumidor, regime="especial",
            distribuidora=virada.distribuidora,
        )  # fmt: skip
        virada.register(virada.consumidor, unidade_codigo=f"UC-{number}", parcela="100")

    assert CotaDoProinfa.objects.count() == UNIDADES + 3
    assert len(set(asked)) == 1


@pytest.mark.clausula("3.66")
def test_an_act_that_gives_no_curve_is_told_once_and_once_more_where_it_was_stated_anew(virada: Proinfa) -> None:
    """More energy in the plants than the year has."""
    AnoDoProinfa.objects.update(usinas={"PCH-1": "99999"})
    told = Evento.objects.filter(tipo="contrato.cota_pendente", cnpj=virada.acep.cnpj, dados__ano=2027)
    routine()
    routine()
    once = told.count()

    AnoDoProinfa.objects.update(stated_at=JANEIRO + timedelta(minutes=1))
    for later in (1, 2):
        services.open_proinfa(now=JANEIRO + timedelta(hours=later))

    assert (once, told.count()) == (1, 2)
    assert not CurvaDoProinfa.objects.exists()


@pytest.mark.clausula("3.39.1")
def test_what_waits_is_tried_again_as_soon_as_a_history_was_validated(virada: Proinfa) -> None:
    routine()
    other = HistoricoDeConsumo.objects.filter(unidade__isnull=False)[0]
    HistoricoDeConsumo.objects.create(
        unidade=UnidadeConsumidora.objects.latest("pk"), meses=other.meses, declarante=virada.distribuidora,
        situacao="validado", sent_at=JANEIRO, sent_by="teste", answered_at=JANEIRO, answered_by="teste",
    )  # fmt: skip

    assert routine() >= len(MESES)
    assert CotaDoMes.objects.count() == UNIDADES * len(MESES)


@pytest.mark.clausula("3.39.1")
def test_what_waits_is_tried_again_the_next_day_whatever_it_was_that_came(virada: Proinfa) -> None:
    """Here a setting, which no row tells of."""
    short = HistoricoDeConsumo.objects.filter(unidade__isnull=False)[0]
    short.meses.pop(min(short.meses))
    short.save()
    routine()
    virada.settings.PROINFA_MESES_DE_HISTORICO = 11

    assert services.open_proinfa(now=JANEIRO + timedelta(hours=1)) == 0
    assert services.open_proinfa(now=JANEIRO + timedelta(days=1)) == len(MESES) + 2  # H1 and H3 of the year
