"""docs/falhas.md: every fault has its line, and the tests that it names are there."""

import ast
import re
from pathlib import Path

from django.test import Client
from pytest_django import Settings

from notificacoes.models import Envio
from notificacoes.services import plan
from portal import clock
from portal.agentes.models import Usuario
from tests.correio import Servidor, point_to, silence

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "docs/falhas.md"
ROW = re.compile(r"\| (\d+) \|.*\|$", re.MULTILINE)


def functions(file: str) -> set[str]:
    return {node.name for node in ast.parse((HERE / file).read_text()).body if isinstance(node, ast.FunctionDef)}


def test_every_fault_has_a_line_and_every_line_a_test_that_is_there() -> None:
    rows = {int(row[1]): re.findall(r"`(test_\w+\.py)::(test_\w+)`", row[0]) for row in ROW.finditer(TABLE.read_text())}

    assert list(rows) == list(range(16, 42))
    assert [number for number, tests in rows.items() if not tests] == []
    assert [test for tests in rows.values() for file, test in tests if test not in functions(file)] == []


def test_a_page_that_owes_a_mail_does_not_wait_for_a_silent_server(
    client: Client, ana: Usuario, settings: Settings
) -> None:
    with Servidor({"ABERTURA": silence}) as servidor:
        point_to(settings, servidor)
        response = client.post("/conta/senha/recuperar/", {"email": ana.email})
        plan(now=clock.now())

        assert (response.status_code, servidor.conexoes) == (302, 0)
    assert Envio.objects.get().destinatario == ana
