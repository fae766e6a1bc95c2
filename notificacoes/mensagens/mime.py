"""A message of two parts, text and HTML, written straight into bytes.

Django's way through email.generator costs ten times as much per mail and says the same; what comes out of here is a
whole email.message.Message for whoever wants to look into it.
"""

import binascii
from email import message_from_bytes
from email.message import Message
from functools import lru_cache
from itertools import count

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import BadHeaderError

_ENCODED = 45  # bytes in one encoded word, which may have 75 characters (RFC 2047)
_boundaries = count(1)


class Pronta(Message):
    """Read back from the bytes that were written, which it gives again as they are."""

    raw = b""  # with CRLF; its parts have none of their own

    # The arguments are those of Django's MIMEMixin.
    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:  # type: ignore[override]  # Django's
        data = self.raw or super().as_bytes(unixfrom)
        return data if linesep == "\r\n" else data.replace(b"\r\n", linesep.encode("ascii"))

    def as_string(self, unixfrom: bool = False, linesep: str = "\n") -> str:  # type: ignore[override]  # Django's
        return self.as_bytes(unixfrom, linesep).decode("ascii")


class Correspondencia(EmailMultiAlternatives):
    """What write_all() makes: any backend of Django takes it."""

    def message(self) -> Pronta:
        raw = self.wire()
        found = message_from_bytes(raw, Pronta)
        found.raw = raw
        return found

    def wire(self) -> bytes:
        """As it goes to the server. Raises BadHeaderError."""
        ((html, _),) = self.alternatives
        boundary = f"=-{next(_boundaries)}-="  # "=-" can stand in no quoted-printable text
        headers = {
            "Subject": str(self.subject),
            "To": self.to[0],
            **self.extra_headers,
            "MIME-Version": "1.0",
            "Content-Type": f'multipart/alternative; boundary="{boundary}"',
        }
        head = "".join([f"{name}: {_header(name, value)}\r\n" for name, value in headers.items()]).encode("ascii")
        line = f"\r\n--{boundary}".encode("ascii")
        parts = (_part("plain", str(self.body)), _part("html", str(html)))
        return b"".join([head, *(piece for part in parts for piece in (line, b"\r\n", part)), line, b"--\r\n"])


def _part(kind: str, text: str) -> bytes:
    """Seven bits and short lines pass everywhere."""
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    return head.encode("ascii") + binascii.b2a_qp("\r\n".join(text.splitlines()).encode() + b"\r\n", istext=True)


@lru_cache(maxsize=128)
def _header(name: str, value: str) -> str:
    """ASCII as it is; anything else in encoded words (RFC 2047), none of which cuts a letter in two."""
    if "\n" in value or "\r" in value:
        raise BadHeaderError(f"quebra de linha no cabeçalho {name}")
    if value.isascii():
        return value
    data, words, start = value.encode(), [], 0
    while start < len(data):
        end = min(start + _ENCODED, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:  # within a letter
            end -= 1
        words.append(_word(data[start:end]))
        start = end
    return "\r\n ".join(words)


def _word(data: bytes) -> str:
    return f"=?utf-8?b?{binascii.b2a_base64(data, newline=False).decode('ascii')}?="
