"""The file of copied registrations: whole, or refused in words before anything is done with it."""

import io
import json

import pytest

from portal.registros import formato
from portal.registros.formato import ArquivoInvalido, Escritor, records, verify


def written(*records: tuple[str, dict[str, object]], perfil: str = "ccee") -> bytes:
    target = io.BytesIO()
    escritor = Escritor(target, perfil=perfil, gerado_em="2026-11-22T12:00:00+00:00")
    for tipo, record in records:
        escritor.write(tipo, record)
    escritor.close()
    return target.getvalue()


GOOD = written(("pessoa", {"username": "ana"}), ("empresa", {"sigla": "ÁGUA"}), ("empresa", {"sigla": "SOL"}))
LINES = GOOD.splitlines(keepends=True)


def why(data: bytes) -> str:
    with pytest.raises(ArquivoInvalido) as caught:
        verify(io.BytesIO(data), perfil="ccee")
    return caught.value.detail


def test_what_was_written_is_read_kind_by_kind() -> None:
    source = io.BytesIO(GOOD)

    assert verify(source, perfil="ccee") == json.loads(LINES[-1])["sha256"]
    assert [one["sigla"] for one in records(source, "empresa")] == ["ÁGUA", "SOL"]
    assert [one["username"] for one in records(source, "pessoa")] == ["ana"]


def test_a_file_without_records_is_whole() -> None:
    assert verify(io.BytesIO(written()), perfil="ccee")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "incompleto"),
        (b"\n", "linha 1 não pode ser lida"),
        (b"[1]\n", "linha 1 não pode ser lida"),
        (b"cnpj;sigla\n", "linha 1 não pode ser lida"),
        (b"{}\n", "Não é um arquivo de registros"),
        (b"\xff\xfe{}\n", "linha 1 não pode ser lida"),
        (b"".join(LINES[:-1]), "incompleto"),
        (GOOD[: len(GOOD) // 2], "não pode ser lida"),
        (GOOD[:-3], "não pode ser lida"),
        (GOOD + LINES[1], "depois do fim"),
        (b"".join([LINES[0], LINES[2], *LINES[3:]]), "SHA-256 não confere"),
        (b"".join([LINES[0], LINES[2], LINES[1], *LINES[3:]]), "SHA-256 não confere"),
        (GOOD.replace(b"SOL", b"SOM"), "SHA-256 não confere"),
        (GOOD.replace(b'"empresa":2', b'"empresa":3'), "SHA-256 não confere"),
        (written(perfil="ote"), "mercado “ote”"),
        (GOOD.replace(b'"versao":1', b'"versao":2'), "versão 2"),
        (b'{"formato":"' + b"x" * formato.LONGA, "grande demais"),
    ],
)
def test_what_is_wrong_is_said(data: bytes, words: str) -> None:
    assert words in why(data)


def test_no_changed_byte_goes_unseen() -> None:
    for at in range(len(GOOD) - 1):
        data = bytearray(GOOD)
        data[at] ^= 0x20

        assert why(bytes(data))
