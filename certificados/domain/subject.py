"""When two requesters (subjects) are one: RFC 5280 §7.1 with the string preparation of RFC 4518.

String type, letter case, width and spacing do not count; accents and look-alikes of other alphabets do.
"""

import hashlib
import unicodedata
from collections.abc import Iterable

from portal.icp.domain.names import Attribute, Name

# Above this the text is compared as it is: normalising long runs of combining marks takes quadratic time,
# and no real attribute is that long (RFC 5280 allows 64 to 200 characters).
_LONGEST_PREPARED = 256


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


def subject_hashes(name: Name) -> tuple[str, str]:
    """SHA-256 of the prepared name, in hexadecimal: with the order of its RDNs, and without.

    The first is the key of uniqueness; names that differ only in the first deserve a second look.
    """
    # The attributes of one RDN are a set: their order is never part of the name.
    rdns = [b"".join(sorted(map(_attribute, rdn))) for rdn in name]
    return _digest(rdns), _digest(sorted(rdns))


def _attribute(attribute: Attribute) -> bytes:
    sign, value = "#", attribute.raw
    if attribute.text is not None:
        sign, value = "=", prepare(attribute.text).encode()
    # The length in front keeps a value from looking like the start of the next one.
    return f"{len(value)}:{attribute.oid}{sign}".encode() + value


def _digest(rdns: list[bytes]) -> str:
    return hashlib.sha256(b"|".join(rdns)).hexdigest()
