"""Which entries are told, and what of them."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from portal.webhooks.domain.eventos import (
    DE_AGENTE,
    DE_GATEWAY,
    OBJETO,
    POR_NOME,
    choose,
    of_entry,
    offered,
    unknown,
    write,
)  # fmt: skip

AT = datetime(2026, 11, 22, 12, 4, 5, 678901, tzinfo=timezone(-timedelta(hours=3)))


def test_only_notices_of_expiry_are_told_among_those_sent() -> None:
    assert of_entry("aviso.enviado", {"tipo": "vencimento"}) is POR_NOME["aviso.vencimento"]
    assert of_entry("aviso.enviado", {"tipo": "convite"}) is None
    assert of_entry("sessao.entrada", {}) is None
    assert of_entry("senha.definida", {}) is POR_NOME["senha.definida"]


def test_what_is_not_on_the_list_does_not_go_out() -> None:
    dados = {"sha256": "ab", "motivo": "x", "ip": "10.0.0.1", "senha": "40719362"}

    assert choose(POR_NOME["certificado.excluido"], "um.cer", dados) == {
        "arquivo": "um.cer",
        "sha256": "ab",
        "motivo": "x",
    }


@pytest.mark.parametrize("tipo", DE_AGENTE, ids=lambda tipo: tipo.nome)
def test_each_example_has_what_the_event_has(tipo: object) -> None:
    assert isinstance(tipo, type(DE_AGENTE[0]))
    assert tipo.exemplo.keys() == tipo.campos.keys()
    assert set(tipo.campos.values()) & {OBJETO, "sha256", "antecedencia"}


def test_the_body_is_the_same_to_the_byte_and_its_times_are_utc() -> None:
    told: dict[str, Any] = {"at": AT, "cnpj": "11222333000181", "ambiente": "demo", "dados": {"motivo": "não há"}}

    body = write("evt_1", "senha.definida", **told)

    assert body == write("evt_1", "senha.definida", **told)
    assert json.loads(body)["ocorrido_em"] == "2026-11-22T15:04:05.678901Z"
    assert "não há".encode() in body
    assert AT.astimezone(UTC).year == 2026


def test_companies_and_gateways_are_offered_their_own() -> None:
    assert offered(gateway=True) == DE_GATEWAY
    assert unknown(["senha.definida", "diretorio.entrada"], gateway=False) == ["diretorio.entrada"]
    assert unknown(["diretorio.entrada"], gateway=True) == []
