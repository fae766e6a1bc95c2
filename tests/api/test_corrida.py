"""Two at once, on a real PostgreSQL: one wins, the other hears 409 and why, and nothing of theirs stays."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from adesao.models import Anexo, Solicitacao
from certificados.selectors import in_service
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Cadeia
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.api.conftest import assert_problem, issue_key, machine
from tests.api.test_solicitacoes import cer, post

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def everybody_waits() -> Iterator[Callable[[int], None]]:
    """Nobody can begin an act until this ends; the function waits until that many stand in line."""

    def line_of(length: int) -> None:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone() == (length,):
                    return
            time.sleep(0.02)
        raise AssertionError("they did not meet")

    with transaction.atomic():
        Cadeia.objects.select_for_update().get(id=1)
        yield line_of


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    def alone(call: Callable[[], Any]) -> Any:
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool, everybody_waits() as line_of:
        running = [pool.submit(alone, call) for call in calls]
        line_of(len(calls))

    return sorted((run.result() for run in running), key=lambda response: response.status_code)


def test_two_bring_the_second_certificate(
    transactional_db: None, agente: Agente, ana: Usuario, confianca: Hierarquia
) -> None:
    factories.adhere(agente, ana, confianca, hosts=("um",))
    clients = [machine(issue_key(agente)) for _ in range(2)]
    files = [factories.issue(confianca, agente, host=host) for host in ("dois", "tres")]
    drafts = Solicitacao.objects.count()

    won, lost = at_once(
        *(
            lambda c=client, f=file: post(c, agente, certificados=[cer(f)])
            for client, file in zip(clients, files, strict=True)
        )
    )

    assert won.status_code == 201, won.content
    assert "mudaram" in str(assert_problem(lost, 409)["detail"])
    assert in_service().filter(agente=agente).count() == 2
    assert Solicitacao.objects.count() == drafts + 1
    assert not Anexo.objects.exists()


def test_two_companies_bring_one_subject(
    transactional_db: None,
    agente: Agente,
    ana: Usuario,
    outro_agente: Agente,
    davi: Usuario,
    confianca: Hierarquia,
) -> None:
    factories.adhere(agente, ana, confianca, hosts=("um",))
    factories.adhere(outro_agente, davi, confianca, hosts=("um",))
    ours, theirs = (machine(issue_key(one)) for one in (agente, outro_agente))
    one = factories.issue(confianca, agente, host="dois")

    won, lost = at_once(
        lambda: post(ours, agente, certificados=[cer(one)]), lambda: post(theirs, outro_agente, certificados=[cer(one)])
    )

    assert won.status_code == 201, won.content
    words = str(assert_problem(lost, 409))
    assert not any(name in words for company in (agente, outro_agente) for name in (company.sigla, company.cnpj))
    assert in_service().filter(nome_arquivo="api.cer").count() == 1


def test_nothing_of_a_loser_stays_in_a_double_first_adesao(
    transactional_db: None, agente: Agente, confianca: Hierarquia
) -> None:
    clients = [machine(issue_key(agente)) for _ in range(2)]
    same = factories.issue(confianca, agente)

    def first(client: Client) -> Any:
        return post(client, agente, senha=factories.SENHA_SISTEMICA, certificados=[cer(same)])

    won, lost = at_once(*(lambda c=client: first(c) for client in clients))

    assert (won.status_code, lost.status_code) == (201, 409)
    assert in_service().count() == Solicitacao.objects.count() == 1


def test_the_benchmark_finds_no_break_on_either_database() -> None:
    """Bounded here; `bench/corrida.py --completo` runs 10,000 rounds of each."""
    ended = subprocess.run(
        [sys.executable, ROOT / "bench/corrida.py", "--rodadas=10"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert len(re.findall("10 rodadas, 0 quebras", ended.stdout)) == 8
    assert len(re.findall("409: 10, venceu: 10", ended.stdout)) == 4
