"""Distinguished names: read from their bytes, shown so that hostile text is visible and harmless."""

from typing import NamedTuple

from portal.icp.domain.der import SET, Element, Malformed, elements, oid
from portal.kernel.text import visible

COMMON_NAME, SERIAL_NUMBER, COUNTRY, ORGANISATION = "2.5.4.3", "2.5.4.5", "2.5.4.6", "2.5.4.10"

_SHORT = {
    COMMON_NAME: "CN",
    COUNTRY: "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "STREET",
    ORGANISATION: "O",
    "2.5.4.11": "OU",
    "0.9.2342.19200300.100.1.1": "UID",
    "0.9.2342.19200300.100.1.25": "DC",
}
_ENCODINGS = {  # ASN.1 string tag -> how its bytes become text; certificates do mislabel, hence the fallback
    0x0C: "utf-8",
    0x12: "utf-8",
    0x13: "utf-8",
    0x14: "latin-1",
    0x16: "utf-8",
    0x1A: "utf-8",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}
_MOST_PARTS = 200  # of a name; real ones have about 10
_LONGEST_VALUE, _LONGEST_NAME = 200, 1000  # characters shown
_ESCAPES = {ord(c): f"\\{c}" for c in ',+"<>;'}


class Attribute(NamedTuple):
    """One attribute of a name; `text` is None where the value is not a string."""

    oid: str
    raw: bytes
    text: str | None


Name = tuple[tuple[Attribute, ...], ...]


def parse_name(content: bytes) -> Name:
    """The RDNs of a Name (its content bytes) in their order; raises ValueError."""
    return tuple(_rdn(tag, rdn) for tag, rdn in _bounded(content))


def _rdn(tag: int, content: bytes) -> tuple[Attribute, ...]:
    if tag != SET:
        raise Malformed("RDN is not a SET")
    attributes = []
    for _, pair in _bounded(content):
        kind, (string_type, raw) = elements(pair)
        attributes.append(Attribute(oid(kind), raw, decode_string(string_type, raw)))
    return tuple(attributes)


def _bounded(content: bytes) -> list[Element]:
    found = elements(content)
    if len(found) > _MOST_PARTS:
        raise Malformed("more parts than any real name has")
    return found


def decode_string(tag: int, raw: bytes) -> str | None:
    """Text of an ASN.1 string, None where it is none or cannot be decoded."""
    encoding = _ENCODINGS.get(tag)
    if encoding is None:
        return None
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return raw.decode("latin-1") if encoding == "utf-8" else None


def values(name: Name, kind: str) -> tuple[str, ...]:
    return tuple(a.text for rdn in name for a in rdn if a.oid == kind and a.text is not None)


def show_name(name: Name) -> str:
    """Like RFC 4514: most specific first, escaped, long values cut."""
    shown, length = [], 0
    for rdn in reversed(name):
        text = "+".join(f"{_SHORT.get(a.oid, a.oid)}={_show(a)}" for a in rdn[:10])
        shown.append(text)
        length += len(text)
        if length > _LONGEST_NAME:
            break
    text = ", ".join(shown)
    return text if len(text) <= _LONGEST_NAME else text[:_LONGEST_NAME] + "…"


def short_name(name: Name) -> str:
    """What people call it: the common name, else the organisation, else nothing."""
    found = values(name, COMMON_NAME)[-1:] or values(name, ORGANISATION)[-1:]
    return visible(found[0], _LONGEST_VALUE) if found else ""


def _show(attribute: Attribute) -> str:
    if attribute.text is None:
        return visible("#" + attribute.raw[:_LONGEST_VALUE].hex(), _LONGEST_VALUE)
    return visible(attribute.text, _LONGEST_VALUE).translate(_ESCAPES)
