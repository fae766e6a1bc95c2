"""Deadlines that pass, through the pages: what is late is shown as late to both sides, and may still be done."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.models import Contrato
from portal.agentes.models import Agente
from tests.contratos import test_ccer
from tests.contratos.cena import EVIDENCIA, Cena
from tests.contratos.garantias import ask as ask_for_ccg
from tests.contratos.garantias import in_force
from tests.contratos.paginas import as_actor, text
from tests.contratos.test_ccer import fabrica as fabrica

pytestmark = pytest.mark.django_db
CONTRATO = "/contratos/CCEAR-1/"


@dataclass(frozen=True)
class Prazo:
    """`em`: a day after it; `quem` holds the activity."""

    codigo: str
    nome: str
    venceu: str
    em: tuple[int, int, int]
    quem: str = "ccee"


def on(cena: Cena, settings: Settings, *day: int) -> None:
    settings.DATA_DE_REFERENCIA = cena.now = datetime(*day, 15, tzinfo=UTC)  # type: ignore[misc,arg-type]  # three numbers


def change(cena: Cena) -> None:
    Contrato.objects.update(assinatura="assinado")
    dados = {"alteracao_tipo": "filial", "alteracao_texto": "Filial 0002"}
    as_actor(cena.ana).post(f"{CONTRATO}pedidos/alteracao_solicitacao/", dados)


def amendment(cena: Cena) -> None:
    cena.open("aditamento_ato", ancoras={"L": date(2026, 11, 20)})


def substitution(cena: Cena) -> None:
    in_force(cena)
    ask_for_ccg(cena)


def cancellation(cena: Cena) -> None:
    Contrato.objects.update(assinatura="assinado", registro="registrado")
    act = {"ato_tipo": "Despacho", "ato_numero": "7/2026", "ato_publicado_em": "2026-11-20"}
    path = f"{CONTRATO}pedidos/cancelamento_registro/"
    as_actor(cena.ccee).post(path, {**act, "decisao_em": "2026-11-18", "amigavel": "não"})


DECLARADO = {**EVIDENCIA, "resultado": "deferida", "valor_exigido": "1,00", "valor": "1,00", "vale_ate": "2030-12-31"}
CASOS = [
    pytest.param(
        change, "3.80", Prazo("S2", "Avaliar a solicitação", "30/11/2026", (2026, 12, 2)),
        marks=pytest.mark.clausula("3.80"), id="3.80",
    ),
    pytest.param(
        amendment, "3.90", Prazo("A1", "Informar o ato regulatório", "24/11/2026", (2026, 11, 26), "ana"),
        marks=pytest.mark.clausula("3.90"), id="3.90",
    ),
    pytest.param(
        amendment, "3.91", Prazo("A2a", "Iniciar de ofício", "26/11/2026", (2026, 11, 30)),
        marks=pytest.mark.clausula("3.91"), id="3.91",
    ),
    pytest.param(
        substitution, "3.102", Prazo("G1", "garantia", "01/12/2026", (2026, 12, 3), "davi"),
        marks=pytest.mark.clausula("3.102"), id="3.102",
    ),
    pytest.param(
        cancellation, "3.110", Prazo("K2", "Cancelar", "25/11/2026", (2026, 11, 27)),
        marks=pytest.mark.clausula("3.110"), id="3.110",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("start", "clausula", "prazo"), CASOS)
def test_what_is_late_is_shown_as_late_to_both_sides_and_may_still_be_done(
    cena: Cena, settings: Settings, start: Any, clausula: str, prazo: Prazo
) -> None:
    start(cena)
    on(cena, settings, *prazo.em)
    services.advance(now=cena.now)
    row = cena.row(prazo.codigo)
    shown = [_step(text(as_actor(who).get(CONTRATO)), row.pk) for who in (cena.ana, cena.davi)]
    agenda = text(as_actor(getattr(cena, prazo.quem)).get("/contratos/agenda/"))
    done = as_actor(getattr(cena, prazo.quem)).post(f"{CONTRATO}atividades/{row.pk}/", DECLARADO)

    for step in shown:
        assert prazo.nome in step
        assert f"prazo {prazo.venceu}" in step
        assert clausula in step
        assert "atrasada: venceu há 2 dias úteis" in step
    assert f"venceu em {prazo.venceu}" in agenda
    assert done.status_code == 302
    assert "2 dias úteis de atraso" in _step(text(as_actor(cena.davi).get(CONTRATO)), row.pk)


def _step(page: str, pk: int) -> str:
    """Its line of the flow; the other link to it is in the sentence that says whose turn it is."""
    return page.split(f'<strong><a href="{CONTRATO}atividades/{pk}/">')[1].split("</li>")[0]


@pytest.mark.clausula("3.81")
def test_counterparts_that_were_not_told_yet_are_a_task_of_ccee_without_a_deadline(cena: Cena) -> None:
    cena.open("alteracao_solicitacao", ator=cena.ana, solicitante=cena.vendedor, ancoras={"T": date(2026, 11, 23)})
    Contrato.objects.update(assinatura="assinado")
    rows = cena.contrato.fluxos.get().atividades
    rows.exclude(codigo="S5").update(situacao="concluida", closed_at=cena.now)
    rows.filter(codigo="S5").update(situacao="aberta")
    page, agenda = text(as_actor(cena.davi).get(CONTRATO)), text(as_actor(cena.ccee).get("/contratos/agenda/"))

    assert "É a vez de CCEE: Informar as contrapartes" in page
    assert "Informar as contrapartes" in agenda.split("Sem prazo")[-1]


@pytest.mark.clausula("3.22")
def test_a_ccer_registered_after_its_deadline_is_shown_as_late_with_what_that_costs(
    cena: Cena, fabrica: Agente, settings: Settings
) -> None:
    on(cena, settings, 2027, 2, 17)  # MS+9du of January was 15/02
    test_ccer.register(cena.davi)
    numero = test_ccer.made().numero
    for who in (cena.davi, cena.ana):
        page = text(as_actor(who).get(f"/contratos/{numero}/"))
        assert "2 dias úteis de atraso" in page
        assert "Zero: registrado em 17/02/2027, depois do prazo de 15/02/2027 (cláusula 3.71)" in page


@pytest.mark.clausula("3.35")
@pytest.mark.parametrize(("day", "late"), [((2027, 1, 31), False), ((2027, 2, 1), True)])
def test_the_yearly_report_says_when_its_own_deadline_has_passed(
    cena: Cena, settings: Settings, day: tuple[int, int, int], late: bool
) -> None:
    settings.PRAZO_RELATORIO_CBR = "31Jan"
    on(cena, settings, *day)
    page = text(as_actor(cena.ccee).get("/contratos/relatorios/cbrs/?ano=2026"))

    said = "Prazo vencido: o relatório de 2026 devia chegar à ANEEL até 31/01/2027</strong> (cláusula 3.35)"
    assert (said in page) is late
    assert "31/01/2027" in page
