"""The ledger for machines: the same entries that the page shows, and nobody else's."""

from typing import Any

import pytest
from django.test import Client

from portal import trilha
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.auditoria.services import act, record
from portal.clock import now as clock_now
from tests.api.conftest import API, assert_problem, issue_key, machine

PATH = f"{API}/trilha/"


def entry(agente: Agente, tipo: str = "certificado.excluido", ator: str = "ana", objeto: str = "a.cer") -> Evento:
    with act():
        record(tipo, at=clock_now(), ator=ator, cnpj=agente.cnpj, objeto=objeto, motivo="teste")
    return Evento.objects.latest("numero")


def test_newest_first_with_words_and_the_hashes_of_the_chain(ours: Client, agente: Agente, ana: Usuario) -> None:
    first, second = entry(agente), entry(agente, "adesao.concluida", objeto="PI-2026-000001")

    body = ours.get(PATH).json()

    told = {each["numero"]: each for each in body["entradas"]}
    assert list(told)[:2] == [second.numero, first.numero]
    assert told[second.numero]["anterior"] == told[first.numero]["hash"] == first.hash
    said = told[first.numero]
    assert (said["quem"], said["frase"], said["sigla"]) == (ana.nome, "excluiu um certificado", agente.sigla)
    assert (said["dados"], said["objeto"]) == ({"motivo": "teste"}, "a.cer")


def test_of_other_companies_there_is_nothing(ours: Client, outro_agente: Agente) -> None:
    other = entry(outro_agente)

    found = ours.get(PATH).json()["entradas"] + ours.get(PATH, {"empresa": outro_agente.cnpj}).json()["entradas"]

    assert other.numero not in {each["numero"] for each in found}


def test_a_key_reads_its_companys_and_no_persons_own(agente: Agente, ana: Usuario) -> None:
    kept = entry(agente)
    with act():
        record("sessao.entrada", at=clock_now(), ator="ana")

    found = machine(issue_key(agente)).get(PATH).json()["entradas"]

    assert {each["cnpj"] for each in found} == {agente.cnpj}
    assert kept.numero in {each["numero"] for each in found}


def test_page_after_page_to_the_end(ours: Client, agente: Agente, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trilha, "PAGE", 2)
    numbers = [entry(agente).numero for _ in range(5)]
    read: list[int] = []
    asked: dict[str, Any] = {"empresa": agente.sigla}

    while True:
        body = ours.get(PATH, asked).json()
        read += [each["numero"] for each in body["entradas"]]
        if body["mais_antigas"] is None:
            break
        asked["antes"] = body["mais_antigas"]

    assert read[:5] == numbers[::-1]
    assert read == sorted(read, reverse=True)


@pytest.mark.parametrize(
    ("field", "value"), [("antes", "0"), ("antes", ""), ("grupo", "nenhum"), ("empresa", "x" * 61)]
)
def test_a_filter_that_is_none_is_refused_by_its_field(ours: Client, field: str, value: str) -> None:
    assert list(assert_problem(ours.get(PATH, {field: value}), 422)["erros"]) == [field]
