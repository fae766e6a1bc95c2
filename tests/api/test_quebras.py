"""What a machine is refused has the clause, what is wrong and when or how it becomes possible, as on the pages."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from contratos.models import Contrato, Fluxo
from portal.agentes.models import Agente
from tests.api.conftest import API, assert_problem, issue_key, machine
from tests.contratos import cena as cenas
from tests.contratos import test_ccer, test_suprimento
from tests.contratos.cbrs import CBR, classify
from tests.contratos.cena import Cena
from tests.contratos.garantias import VENDEDOR, in_force

pytestmark = pytest.mark.django_db
ALTERACAO = {"alteracao_tipo": "filial", "alteracao_texto": "Filial 0002"}


@pytest.fixture
def cena(db: None, settings: Settings) -> Cena:
    """Registered, on a day on which agreements are taken."""
    settings.DATA_DE_REFERENCIA = datetime(2026, 11, 24, 15, tzinfo=UTC)
    cena = cenas.create()
    Contrato.objects.update(assinatura="assinado", registro="registrado")
    return cena


def ask(agente: Agente, codigo: str, evidencia: dict[str, str]) -> Any:
    return _post(machine(issue_key(agente)), f"contratos/CCEAR-1/pedidos/{codigo}/", evidencia)


def register(agente: Agente, codigo: str, evidencia: dict[str, str]) -> Any:
    return _post(machine(issue_key(agente)), f"contratos/registrar/{codigo}/", evidencia)


def _post(client: Client, path: str, evidencia: dict[str, str]) -> Any:
    return client.post(f"{API}/{path}", {"evidencia": evidencia}, content_type="application/json")


@pytest.mark.parametrize(
    ("codigo", "evidencia", "clausula", "said"),
    [
        ("acordo_bilateral", {"acordo_tipo": "rescisao", "mes_inicio": "2030-06"}, "3.108", "comece em 01/2030"),
        ("ccg_substituicao", {"substituicao_motivo": "aneel"}, "3.98", "só se admite quando a ANEEL o reconhece"),
        ("ccg_substituicao", {"substituicao_motivo": "juros"}, "3.98", "outro caso reconhecido pela ANEEL"),
        ("alteracao_solicitacao", {**ALTERACAO, "alteracao_tipo": "preco"}, "3.79", "Faturamento: matriz para filial"),
        ("anuencia_cer", {"anuencia_tipo": "cessao"}, "3.85", "cabe ao representante CCEE de vendedor"),
        ("cbr_ajuste", {}, "3.28", "cabe"),
        ("cancelamento_registro", {}, "3.109", "cabe à CCEE"),
    ],
)
@pytest.mark.clausula("3.79", "3.85", "3.98", "3.108", "3.109")
def test_what_a_buyers_machine_may_not_ask_for_names_its_clause(
    cena: Cena, codigo: str, evidencia: dict[str, str], clausula: str, said: str
) -> None:
    in_force(cena)
    refused = ask(cena.comprador, codigo, evidencia)

    problem = assert_problem(refused, refused.status_code)
    assert refused.status_code in (403, 422)
    told = f"{problem['detail']} {problem.get('erros', '')} {problem.get('clausulas', '')}"
    assert clausula in told
    assert said in told
    assert not Fluxo.objects.exclude(procedimento="ccg").exists()


@pytest.mark.clausula("3.100")
def test_a_sellers_machine_asks_for_no_other_ccg(cena: Cena) -> None:
    in_force(cena)
    refused = ask(cena.vendedor, "ccg_substituicao", VENDEDOR)

    assert "3.100" in assert_problem(refused, 403)["detail"]


@pytest.mark.clausula("3.7")
def test_of_a_suspended_contract_a_machine_is_told_until_when(cena: Cena) -> None:
    Contrato.objects.update(registro="suspenso", suspenso_de=date(2026, 11, 1), suspenso_ate=date(2026, 12, 31))
    refused = ask(cena.comprador, "acordo_bilateral", {"acordo_tipo": "rescisao", "mes_inicio": "2030-01"})

    said = assert_problem(refused, 422)
    assert "suspenso desde 01/11/2026 a 31/12/2026" in said["detail"]
    assert "3.7" in said["clausulas"]


@pytest.mark.parametrize(
    ("codigo", "evidencia", "clausula"),
    [
        pytest.param("cbr_registro", {**CBR, "modulacao": ""}, "3.28", marks=pytest.mark.clausula("3.77")),
        pytest.param("cbr_registro", {**CBR, "parcela_usina": ""}, "3.29", marks=pytest.mark.clausula("3.29")),
        pytest.param(
            "cbr_registro", {**CBR, "periodos": "01/01/2027; 31/12/2027; 1,1234567"}, "3.31",
            marks=pytest.mark.clausula("3.31"),
        ),
        pytest.param("cbr_registro", {**CBR, "subgrupo": "b"}, "3.25", marks=pytest.mark.clausula("3.25")),
        pytest.param("cbr_art5", CBR, "3.28.2", marks=pytest.mark.clausula("3.28.2")),
        pytest.param(
            "suprimento_registro", {**test_suprimento.PEDIDO, "mercado_gwh": "500"}, "3.1",
            marks=pytest.mark.clausula("3.1"),
        ),
        pytest.param(
            "ccer_registro", {**test_ccer.PEDIDO, "vendedor": "SOL DO SERTAO", "comprador": CBR["comprador"]}, "3.22",
            marks=pytest.mark.clausula("3.22"),
        ),
    ],
)  # fmt: skip
def test_what_a_sellers_machine_may_not_register_names_its_clause(
    cena: Cena, codigo: str, evidencia: dict[str, str], clausula: str
) -> None:
    classify(cena)
    refused = register(cena.vendedor, codigo, evidencia)

    problem = assert_problem(refused, refused.status_code)
    assert refused.status_code in (403, 422)
    assert clausula in f"{problem['detail']} {problem.get('erros', '')} {problem.get('clausulas', '')}"
    assert Contrato.objects.count() == 1
