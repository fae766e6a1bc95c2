"""Authorities go in when they chain to an accepted root; what cannot be read is named and survived."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from pytest_django import Settings

from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.icp.models import AutoridadeCertificadora
from portal.icp.services import set_accepted
from tests.comandos.executar import run

pytestmark = pytest.mark.django_db
Write = Callable[[str, bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to(name: str, data: bytes) -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return to


def known(hierarquia: Hierarquia) -> list[bool]:
    """Are the root and the intermediate in the store?"""
    ders = [bytes(row.der) for row in AutoridadeCertificadora.objects.all()]
    return [hierarquia.raiz.der in ders, hierarquia.ac.der in ders]


def test_an_intermediate_needs_its_root(hierarquia: Hierarquia, write: Write) -> None:
    done = run("importar_acs", write("ac.cer", hierarquia.ac.der))

    assert done.codigo == 1
    assert "não chega a nenhuma raiz aceita" in done.mensagens
    assert known(hierarquia) == [False, False]


def test_a_root_needs_the_option(hierarquia: Hierarquia, write: Write) -> None:
    path = write("raiz.cer", hierarquia.raiz.der)

    assert run("importar_acs", path).codigo == 1
    assert run("importar_acs", path, "--raiz").codigo == 0
    assert run("importar_acs", write("ac.cer", hierarquia.ac.der)).codigo == 0
    assert known(hierarquia) == [True, True]


def test_in_production_only_pinned_roots(hierarquia: Hierarquia, write: Write, settings: Settings) -> None:
    settings.EXPOSTO = True

    done = run("importar_acs", write("raiz.cer", hierarquia.raiz.der), "--raiz")

    assert done.codigo == 1
    assert "não está entre as fixadas da ICP-Brasil" in done.mensagens
    assert known(hierarquia) == [False, False]


@pytest.mark.parametrize("shape", ["pem", "p7b", "zip"])
def test_a_file_of_several_may_chain_through_itself(hierarquia: Hierarquia, write: Write, shape: str) -> None:
    backwards = hierarquia.authorities[::-1]
    data = {
        "pem": b"".join(one.public_bytes(Encoding.PEM) for one in backwards),
        "p7b": pkcs7.serialize_certificates(list(backwards), Encoding.DER),
        "zip": zipped({f"{n}.crt": one.public_bytes(Encoding.DER) for n, one in enumerate(backwards)}),
    }[shape]

    done = run("importar_acs", write(f"x.{shape}", data), "--raiz")

    assert (done.codigo, known(hierarquia)) == (0, [True, True])
    assert "2 incluídas, 0 repetidas, 0 recusadas" in done.texto


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_what_cannot_be_read_is_named_and_survived(hierarquia: Hierarquia, write: Write) -> None:
    """Like root v7 in the authority's ZIP, whose key algorithm is private."""
    rsa, private = bytes.fromhex("06092a864886f70d010101"), bytes.fromhex("06092a864886f70d01017f")
    unreadable = hierarquia.raiz.der.replace(rsa, private)
    members = {"v7.crt": unreadable, "leia.txt": b"texto", "raiz.crt": hierarquia.raiz.der, "ac.crt": hierarquia.ac.der}

    done = run("importar_acs", write("tudo.zip", zipped(members)), "--raiz")

    assert (done.codigo, known(hierarquia)) == (0, [True, True])
    assert "ignorado: v7.crt" in done.mensagens
    assert "ignorado: leia.txt" in done.mensagens


def test_a_leaf_is_no_authority(confianca: Hierarquia, write: Write) -> None:
    done = run("importar_acs", write("folha.cer", confianca.issue().der))

    assert done.codigo == 1
    assert "não é de uma autoridade certificadora" in done.mensagens


@pytest.mark.parametrize("data", [b"", b"texto", b"PK\x03\x04 quebrado"])
def test_a_file_without_certificates_is_told(write: Write, data: bytes) -> None:
    done = run("importar_acs", write("x.cer", data))

    assert done.codigo == 1
    assert "ignorado: x.cer" in done.mensagens


def test_a_second_time_is_no_error_and_resumes_nothing(confianca: Hierarquia, write: Write) -> None:
    row = AutoridadeCertificadora.objects.get(nome__startswith="AC Demonstracao")
    evento = Evento.objects.latest("numero")
    set_accepted(row, ativa=False, motivo="Descredenciada", by="teste", now=evento.at)

    done = run("importar_acs", write("ac.cer", confianca.ac.der))

    row.refresh_from_db()
    assert (done.codigo, row.ativa) == (0, False)
    assert "deixou de ser aceita" in done.texto
    assert Evento.objects.latest("numero").numero == evento.numero + 1


def test_each_authority_is_in_the_ledger(hierarquia: Hierarquia, write: Write) -> None:
    run("importar_acs", write("raiz.cer", hierarquia.raiz.der), "--raiz")

    evento = Evento.objects.latest("numero")
    assert (evento.tipo, evento.dados["raiz"], evento.ator[:8]) == ("certificadora.incluida", True, "comando:")
