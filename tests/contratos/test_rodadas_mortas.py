"""CCEE's yearly runs, their processes killed again and again: what is left at the end is what one run makes."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
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
from portal.auditoria.models import Evento
from portal.auditoria.selectors import verify_chain
from portal.kernel.errors import Conflict
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.contratos.condenados import Condenados, undisturbed
from tests.contratos_domain.montantes import DECLARADO

ABERTO, DEZEMBRO = datetime(2027, 11, 9, 15, tzinfo=UTC), datetime(2027, 12, 10, 15, tzinfo=UTC)
MUITOS, PORCAO, SEMENTE = 48, 3, 20261122
BY = "olga.ccee"


@pytest.fixture
def muitos(transactional_db: None, settings: Settings) -> Cena:
    """A few dozen contracts that are registered, of different amounts."""
    cena = cenas.create()
    for number in range(2, MUITOS + 1):
        cenas.another(cena, f"CCEAR-{number}")
    for at, contrato in enumerate(Contrato.objects.order_by("pk")):
        Contrato.objects.filter(pk=contrato.pk).update(energia_mwh=5_259_600 + 777 * at, registro="registrado")
    settings.DATA_DE_REFERENCIA = DEZEMBRO
    return cena


def of_flat(cena: Cena) -> None:
    Contrato.objects.update(especie=Especie.CCEAR_DISPONIBILIDADE)


def of_profile(cena: Cena) -> None:
    """A third by the auction's rule, the others left by their parties in flows; a buyer has not declared its load."""
    rows = Contrato.objects.order_by("pk")
    by_rule = list(rows[: MUITOS // 3].values_list("pk", flat=True))
    Contrato.objects.filter(pk__in=by_rule).update(produto="Eólica 2028")
    RegraDeSazonalizacao.objects.create(leilao=cenas.auction(cena), produto="Eólica 2028", regra="perfil")
    silent = factories.create_agente("DISTRIBUIDORA NORTE")
    Contrato.objects.filter(numero="CCEAR-20").update(comprador=silent)
    PerfilDeCarga.objects.create(agente=cena.comprador, ano=2028, valores=[str(each) for each in DECLARADO])
    period: dict[str, Any] = {"de": date(2027, 11, 8), "ate": date(2027, 11, 30)}
    Anuncio.objects.create(codigo="sazo_ccear", referencia=date(2028, 1, 1), comunicado="8/27", **period)
    services.open_years(now=ABERTO)
    services.advance(now=DEZEMBRO)


def picture() -> dict[str, Any]:
    """Everything that a run writes, without keys and the order in which it came."""
    years = Sazonalizacao.objects.values_list("contrato__numero", "ano", "situacao", "calculo", "entrada", "saida")
    return {
        "anos": sorted(map(str, years)),
        "meses": sorted(MontanteDoMes.objects.values_list("contrato__numero", "mes", "energia_mwh")),
        "fluxos": sorted(Fluxo.objects.values_list("contrato__numero", "procedimento", "estado")),
        "rodadas": list(Rodada.objects.values_list("codigo", "total", "feitos", "pendentes", "started_by")),
        "trilha": Counter(Evento.objects.values_list("tipo", "objeto", "cnpj")),
    }


@pytest.mark.clausula("3.49.1", "3.50", "3.52")
@pytest.mark.parametrize(
    ("codigo", "scene", "at_once", "left"), [("flat", of_flat, 2, 0), ("perfil", of_profile, 1, 1)]
)
def test_killed_at_any_moment_a_run_ends_with_what_one_run_makes(
    muitos: Cena, codigo: str, scene: Any, at_once: int, left: int
) -> None:
    scene(muitos)

    def run() -> None:
        try:
            services.run_year(codigo, 2028, by=BY, now=DEZEMBRO, porcao=PORCAO)
        except Conflict:  # it was ended by the other one
            return

    def progress_is_true() -> None:
        rodada = Rodada.objects.first()
        seen.append(rodada.feitos if rodada else 0)
        assert seen[-1] == Sazonalizacao.objects.filter(situacao="final").count()
        assert MontanteDoMes.objects.count() == 12 * seen[-1]

    seen: list[int] = []
    expected, needed = undisturbed(run, picture)
    condenados = Condenados(run, needed * PORCAO // MUITOS, SEMENTE, at_once)

    condenados.run(lambda: Rodada.objects.filter(finished_at__isnull=False).exists(), after_each=progress_is_true)

    assert picture() == expected
    assert len(expected["anos"]) == MUITOS - left == seen[-1]
    assert condenados.deaths >= 8
    assert len(set(seen) - {0, MUITOS - left}) >= 3  # they died in the middle
    assert verify_chain().quebra is None


@pytest.mark.clausula("3.52")
def test_the_command_takes_up_what_a_killed_process_left_and_says_so(
    muitos: Cena, capsys: pytest.CaptureFixture[str]
) -> None:
    of_flat(muitos)
    begun = services.run_year("flat", 2028, by=BY, now=DEZEMBRO, porcao=PORCAO, portions=4)
    whole = Condenados(lambda: call_command("rodar_sazonalizacao", "flat", "2028"), 6, SEMENTE)

    whole.run(lambda: whole.deaths > 2)  # a portion of a hundred: nobody lives that long
    between = Sazonalizacao.objects.count()
    call_command("rodar_sazonalizacao", "flat", "2028")

    assert begun.feitos == 4 * PORCAO <= between
    assert f"{MUITOS} de {MUITOS} contratos sazonalizados" in capsys.readouterr().out
    assert Sazonalizacao.objects.count() == MUITOS
    rodada = Rodada.objects.get()
    assert (rodada.pk, rodada.feitos) == (begun.pk, MUITOS)
