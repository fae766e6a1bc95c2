"""Whose certificate it is: the CNPJ inside.

otherName 2.16.76.1.3.4, beside it, holds an officer's birth date, CPF and RG: it is never read.
"""

import re
from collections.abc import Iterator

from cryptography import x509

from portal.icp.domain import der
from portal.icp.domain.names import COMMON_NAME, SERIAL_NUMBER, Name, decode_string, parse_name, values
from portal.icp.domain.tbs import SUBJECT_ALT_NAME, Extensions, Tbs
from portal.kernel.cnpj import is_valid
from portal.kernel.guard import attempt

OTHER_NAME_CNPJ = "2.16.76.1.3.3"

_OTHER_NAME_CNPJ_DER = bytes.fromhex("0605604c010303")
_OTHER_NAME, _EXPLICIT = 0xA0, 0xA0
_MASK = str.maketrans("", "", "./- \0")
_CN_SUFFIX = re.compile(r":([^:]*)\Z")

Found = tuple[str | None, str | None]


def cnpj_of(cert: x509.Certificate) -> Found:
    """The CNPJ (14 characters, digits checked) and where it stood: '2.5.4.5', '2.16.76.1.3.3' or 'cn'."""
    tbs = attempt(lambda: Tbs.of(cert.tbs_certificate_bytes), None)
    if tbs is None:
        return None, None
    name: Name = attempt(lambda: parse_name(tbs.subject), ())
    extensions: Extensions = attempt(tbs.extensions, {})
    return cnpj_in(name, extensions)


def cnpj_in(subject: Name, extensions: Extensions) -> Found:
    """Same, from parts already read."""
    for text, origem in _candidates(subject, extensions):
        cnpj = text[:40].translate(_MASK).upper()
        if is_valid(cnpj):
            return cnpj, origem
    return None, None


def _candidates(subject: Name, extensions: Extensions) -> Iterator[tuple[str, str]]:
    for text in values(subject, SERIAL_NUMBER):
        yield text, "2.5.4.5"
    for text in attempt(lambda: _other_names(extensions.get(SUBJECT_ALT_NAME, b"")), []):
        yield text, OTHER_NAME_CNPJ
    for text in values(subject, COMMON_NAME):
        for suffix in _CN_SUFFIX.findall(text):
            yield suffix, "cn"


def _other_names(san: bytes) -> list[str]:
    if _OTHER_NAME_CNPJ_DER not in san:
        return []
    names = der.elements(der.only(san, der.SEQUENCE))
    size = len(_OTHER_NAME_CNPJ_DER)
    return [
        _value(content[size:])
        for tag, content in names
        if tag == _OTHER_NAME and content.startswith(_OTHER_NAME_CNPJ_DER)
    ]


def _value(explicit: bytes) -> str:
    tag, raw = der.elements(der.only(explicit, _EXPLICIT))[0]
    if tag == der.OCTET_STRING:  # 48 of 60 real ones; the rest are strings
        return raw.decode("latin-1")
    return decode_string(tag, raw) or ""
