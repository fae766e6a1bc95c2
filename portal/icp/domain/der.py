"""A strict walk over DER bytes.

The library parses a certificate first; this second, small reader serves what it does not tell (bytes after
the certificate, the inner algorithm, raw names, keys it refuses to load) and cannot panic.
"""

from functools import lru_cache

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, OID = 0x01, 0x02, 0x03, 0x04, 0x06
SEQUENCE, SET = 0x30, 0x31

Element = tuple[int, bytes]  # tag, content; a plain tuple because one upload makes some 200 of them

_LONGEST_OID = 64  # bytes; the library's own limit is 63


class Malformed(ValueError):
    """The bytes are not the DER that was expected here."""


def elements(data: bytes) -> list[Element]:
    """The elements that `data` is a concatenation of."""
    found, at, size = [], 0, len(data)
    while at < size:
        tag, start = data[at], at + 2
        end = start + data[at + 1] if start <= size else size + 1
        if end - start >= 0x80 or end > size or tag & 0x1F == 0x1F:  # nearly all have the short form
            start, end = bounds(data, at)
        found.append((tag, data[start:end]))
        at = end
    return found


def bounds(data: bytes, at: int = 0) -> tuple[int, int]:
    """Where the content of the element at `at` starts and ends."""
    if at + 2 > len(data) or data[at] & 0x1F == 0x1F:
        raise Malformed("header cut short or tag number above 30")
    length, start = data[at + 1], at + 2
    if length >= 0x80:
        octets = length & 0x7F
        length = int.from_bytes(data[start : start + octets], "big")
        start += octets
        if not 0 < octets <= 4 or length < 0x80 or length >> 8 * (octets - 1) == 0:
            raise Malformed("length is not DER")
    if start + length > len(data):
        raise Malformed("content goes past its end")
    return start, start + length


def only(data: bytes, tag: int) -> bytes:
    """Content of the one element, of this tag, that `data` is."""
    start, end = bounds(data)
    if data[0] != tag or end != len(data):
        raise Malformed(f"not exactly one element of tag {tag:#04x}")
    return data[start:end]


def encode(tag: int, content: bytes) -> bytes:
    """The element as DER again."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def integer(element: Element) -> int:
    tag, content = element
    if tag != INTEGER or not content:
        raise Malformed("not an INTEGER")
    return int.from_bytes(content, "big", signed=True)


def oid(element: Element) -> str:
    """Dotted form of an OBJECT IDENTIFIER."""
    tag, content = element
    if tag != OID or not 0 < len(content) <= _LONGEST_OID:
        raise Malformed("not an OBJECT IDENTIFIER")
    return _dotted(content)


@lru_cache(maxsize=512)
def _dotted(content: bytes) -> str:
    if content[-1] >= 0x80:
        raise Malformed("unfinished arc")
    arcs, value = [], 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))
