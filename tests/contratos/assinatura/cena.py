"""A document issued to two people, their certificates, and whatever a person may do to the file in between."""

import io
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.timestamps import DummyTimeStamper

from contratos.assinatura.documento import Clausula, Documento, Lugar, Parte, issue
from contratos.assinatura.modelos import Codigo, Designado, Resultado
from contratos.assinatura.validacao import validate
from portal.demo import assinador
from portal.demo.hierarquia import Emitido, Hierarquia
from portal.demo.kit import issue_person

AT = datetime(2026, 11, 24, 15, tzinfo=UTC)
YEAR = timedelta(days=365)
ANA_CPF, BRUNO_CPF, OUTRO_CPF = "52998224725", "11144477735", "12345678909"
CNPJ, OUTRO_CNPJ = "11222333000181", "33000167000101"
DESIGNADOS = (Designado("Ana Ribeiro", ANA_CPF), Designado("Bruno Tavares", BRUNO_CPF, CNPJ))


def documento(numero: str = "CCEAR-Q 0042/2026", **values: Any) -> Documento:
    fields: dict[str, Any] = {
        "titulo": "Contrato de Comercialização de Energia",
        "numero": numero,
        "partes": (
            Parte("Vendedora", "Serra Azul Geração de Energia S.A.", "12ABC34501DE35"),
            Parte("Compradora", "Distribuidora São João Ltda.", CNPJ),
        ),
        "lugares": (
            Lugar("Ana Ribeiro", "Vendedora", "Serra Azul Geração de Energia S.A."),
            Lugar("Bruno Tavares", "Compradora", "Distribuidora São João Ltda."),
        ),
        "emitido_em": AT - timedelta(days=1),
        "campos": (("Montante", "30,000000 MWmédio"),),
        "clausulas": (Clausula("Cláusula 1ª", "Do objeto", "A VENDEDORA entrega a energia à COMPRADORA."),),
    }
    return Documento(**fields | values)


@lru_cache
def emitido(numero: str = "CCEAR-Q 0042/2026") -> bytes:
    return issue(documento(numero))


@lru_cache
def hierarquia(nome: str = "") -> Hierarquia:
    return Hierarquia.create(at=AT, nome=nome)


@lru_cache
def pessoa(nome: str = "Ana Ribeiro", cpf: str = ANA_CPF, *, outra: str = "", **options: Any) -> Emitido:
    return issue_person(hierarquia(outra), nome=nome, cpf=cpf, **options)


def bruno() -> Emitido:
    return pessoa("Bruno Tavares", BRUNO_CPF)


def signed(pdf: bytes | None = None, who: Emitido | None = None, *, at: datetime = AT, **options: Any) -> bytes:
    return assinador.sign_pdf(pdf or emitido(), who or pessoa(), [hierarquia().ac.cert], at=at, **options)


@lru_cache
def signed_by_ana() -> bytes:
    return signed()


def detached(content: bytes, who: Emitido | None = None, *, at: datetime = AT, anexa: bool = False) -> bytes:
    return assinador.sign_detached(content, who or pessoa(), [hierarquia().ac.cert], at=at, anexa=anexa)


def judged(enviado: bytes, **options: Any) -> Resultado:
    values: dict[str, Any] = {
        "emitido": emitido(),
        "confianca": hierarquia().trust,
        "designados": DESIGNADOS,
        "at": AT,
    }
    return validate(enviado, **values | options)


def codes(resultado: Resultado) -> list[Codigo]:
    """Only of what was refused whole: a mixed answer fails here."""
    assert not resultado.aceitas
    return [recusa.codigo for recusa in resultado.recusas]


def overdrawn(pdf: bytes, page: int = 0) -> bytes:
    """An incremental update that writes over a page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.add_stream_to_page(page, writer.add_object(StreamObject(stream_data=b"0 0 300 300 re f")))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def behind(pdf: bytes, prefix: bytes) -> bytes:
    """A whole PDF put after another one, its offsets moved: the first is there and nobody reads it."""
    shift = len(prefix)
    start = pdf.rindex(b"startxref")
    table = pdf.rindex(b"xref", 0, start)
    moved = re.sub(rb"(\d{10}) (\d{5}) n", lambda m: b"%010d %s n" % (int(m[1]) + shift, m[2]), pdf[table:start])
    return prefix + pdf[:table] + moved + b"startxref\n%d\n%%%%EOF\n" % (table + shift)


def stamper(at: datetime, outra: str = "") -> DummyTimeStamper:
    """A time-stamping authority under the same root."""
    who = hierarquia(outra).issue(
        cnpj=None, host="carimbo", eku=(ExtendedKeyUsageOID.TIME_STAMPING,), not_before=AT - 3 * YEAR, days=5 * 365
    )
    signer = assinador.simple_signer(who, [hierarquia(outra).ac.cert])
    return DummyTimeStamper(signer.signing_cert, signer.signing_key, certs_to_embed=signer.cert_registry, fixed_dt=at)
