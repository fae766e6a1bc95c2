"""When two requesters (subjects) are one: RFC 5280 §7.1 with the string preparation of RFC 4518.

String type, letter case, width and spacing do not count; accents and look-alikes of other alphabets do.
"""

import hashlib
import unicodedata
from collections.abc import Iterable

from portal.icp.domain.names import Attribute, Name

# Above this the text is compared as it is: normalising long runs of combining marks takes quadratic time,
# and no real attribute is that long (RFC 5280 allows 64 to 200 characters).
_LONGEST_PREPARED = 1024


def _code_points(*ranges: tuple[int, int]) -> Iterable[int]:
    return (c for first, last in ranges for c in range(first, last + 1))


# RFC 4518 §2.2
_TO_NOTHING = _code_points(
    (0x0000, 0x0008),
    (0x000E, 0x001F),
    (0x007F, 0x0084),
    (0x0086, 0x009F),
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x06DD, 0x06DD),
    (0x070F, 0x070F),
    (0x1806, 0x1806),
    (0x180B, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2063),
    (0x206A, 0x206F),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFC),
    (0x1D173, 0x1D17A),
    (0xE0001, 0xE0001),
    (0xE0020, 0xE007F),
)
_TO_SPACE = _code_points(
    (0x0009, 0x000D),
    (0x0085, 0x0085),
    (0x00A0, 0x00A0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
)
_MAP: dict[int, str | None] = {**dict.fromkeys(_TO_NOTHING), **dict.fromkeys(_TO_SPACE, " ")}


def prepare(text: str) -> str:
    """The form in which equal values are the same string."""
    if len(text) > _LONGEST_PREPARED:
        return text
    if not (text.isascii() and text.isprintable()):
        text = text.translate(_MAP)
        # Folding can undo composition and the reverse, so the pair runs twice (Unicode §3.13, D146).
        for _ in range(2):
            text = unicodedata.normalize("NFKC", text).casefold()
        text = unicodedata.normalize("NFKC", text)
    else:
        text = text.lower()
    return " ".join(text.split())


def subject_hash(name: Name) -> str:
    """SHA-256 of the prepared name, order of the RDNs kept: the key of uniqueness."""
    return _digest(_prepared(name))


def subject_hash_unordered(name: Name) -> str:
    """Same without the order: two names that differ only in it deserve a second look."""
    return _digest(sorted(_prepared(name)))


def _prepared(name: Name) -> list[bytes]:
    # The attributes of one RDN are a set: their order is never part of the name.
    return [b"".join(sorted(map(_attribute, rdn))) for rdn in name]


def _attribute(attribute: Attribute) -> bytes:
    if attribute.text is None:
        return _field(attribute.oid.encode(), b"#", attribute.raw)
    return _field(attribute.oid.encode(), b"=", prepare(attribute.text).encode())


def _field(kind: bytes, sign: bytes, value: bytes) -> bytes:
    # The length in front keeps a value from looking like the start of the next one.
    return b"%d:%b%b%b;" % (len(value), kind, sign, value)


def _digest(rdns: list[bytes]) -> str:
    return hashlib.sha256(b"".join(_field(b"rdn", b"=", rdn) for rdn in rdns)).hexdigest()
