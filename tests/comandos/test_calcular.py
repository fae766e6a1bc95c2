"""`calcular NOME ENTRADA.json`: its JSON alone on standard output, its exit code, and no database asked."""

import json
from io import StringIO
from pathlib import Path

import pytest

from tests.comandos.executar import run


def test_a_result_is_json_and_nothing_else(tmp_path: Path) -> None:
    entrada = tmp_path / "mes.json"
    entrada.write_text('\ufeff{"energia_mwh": 5000.000000, "mes": "2026-11"}', encoding="utf-8")

    saida = run("calcular", "modulacao-flat", entrada)

    assert (saida.codigo, saida.mensagens) == (0, "")
    assert json.loads(saida.texto) == {"hora": "6.944444", "primeira_hora": "6.944764"}


def test_an_amount_never_passes_through_a_binary_fraction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO('{"energia_mwh": 99999999999.123457, "mes": "2027-03"}'))

    saida = run("calcular", "modulacao-flat", "-")

    assert json.loads(saida.texto) == {"hora": "134408602.149359", "primeira_hora": "134408602.149720"}


@pytest.mark.parametrize(
    ("texto", "told"),
    [
        ('{"mes": "2026-13"}', "energia_mwh: falta este campo.\nmes: informe o mês como 2027-03."),
        ("{", "não é JSON em UTF-8"),
        ("\xff", "não é JSON em UTF-8"),
    ],
)
def test_what_is_wrong_is_named_and_the_exit_code_is_2(tmp_path: Path, texto: str, told: str) -> None:
    entrada = tmp_path / "mes.json"
    entrada.write_text(texto, encoding="latin-1")

    saida = run("calcular", "modulacao-flat", entrada)

    assert (saida.codigo, saida.texto) == (2, "")
    assert told in saida.mensagens


def test_a_file_that_is_not_there() -> None:
    saida = run("calcular", "flat", "nenhum.json")

    assert (saida.codigo, saida.texto) == (2, "")
    assert saida.mensagens.startswith("nenhum.json: não foi possível ler o arquivo")
