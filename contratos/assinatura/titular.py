"""Whose certificate it is: CPF and CNPJ as ICP-Brasil writes them into alternative names (DOC-ICP-04).

Beside the CPF stand a birth date, NIS and RG: they are never read.
"""

from dataclasses import dataclass

from cryptography import x509
from stdnum.br import cpf as stdnum_cpf

from portal.icp.domain import der
from portal.icp.domain.identity import cnpj_in
from portal.icp.domain.names import Name, decode_string, parse_name, short_name
from portal.icp.domain.tbs import SUBJECT_ALT_NAME, Extensions, Tbs
from portal.kernel.guard import attempt

PESSOA, EMPRESA, RESPONSAVEL = "2.16.76.1.3.1", "2.16.76.1.3.3", "2.16.76.1.3.4"
_CPF = slice(8, 19)  # after the eight digits of the birth date
_OTHER_NAME, _EXPLICIT = 0xA0, 0xA0


@dataclass(frozen=True, slots=True)
class Titular:
    """`nome` without the CPF or CNPJ that authorities append to it; `cnpj` only of an e-CNPJ."""

    nome: str
    cpf: str | None
    cnpj: str | None


def holder(cert: x509.Certificate) -> Titular:
    """Never raises: what cannot be read is absent."""
    tbs = attempt(lambda: Tbs.of(cert.tbs_certificate_bytes), None)
    if tbs is None:
        return Titular("", None, None)
    subject: Name = attempt(lambda: parse_name(tbs.subject), ())
    extensions: Extensions = attempt(tbs.extensions, {})
    texts = attempt(lambda: _other_names(extensions.get(SUBJECT_ALT_NAME, b"")), {})
    cnpj = cnpj_in(subject, extensions)[0] if EMPRESA in texts else None
    whose = texts.get(RESPONSAVEL if cnpj else PESSOA, "")
    return Titular(short_name(subject).partition(":")[0].strip(), _cpf(whose), cnpj)


def _cpf(text: str) -> str | None:
    digits = text[_CPF]
    return digits if digits.isascii() and stdnum_cpf.is_valid(digits) and len(digits) == 11 else None


def _other_names(san: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag, content in der.elements(der.only(san, der.SEQUENCE)):
        if tag == _OTHER_NAME:
            kind, value = der.elements(content)
            found.setdefault(der.oid(kind), _text(value))
    return found


def _text(value: der.Element) -> str:
    tag, content = value
    if tag != _EXPLICIT:
        raise der.Malformed("otherName without its explicit tag")
    inner, raw = der.elements(content)[0]
    return raw.decode("latin-1") if inner == der.OCTET_STRING else decode_string(inner, raw) or ""
