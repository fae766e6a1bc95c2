"""A message of two parts, text and HTML, written straight into bytes.

Django's way through email.generator costs ten times as much per mail and says the same; what comes out of here is a
whole email.message.Message for whoever wants to look into it.
"""

import binascii
from collections.abc import Mapping
from email.message import Message
from itertools import count

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import BadHeaderError, SafeMIMEMultipart

_ENCODED = 45  # bytes in one encoded word, which may have 75 characters (RFC 2047)
_boundaries = count(1)


class Pronta(SafeMIMEMultipart):
    """Its bytes are there already, with CRLF."""

    def __init__(self, headers: Mapping[str, str], texto: str, html: str) -> None:
        Message.__init__(self)
        for name, value in headers.items():
            Message.__setitem__(self, name, _header(name, value))
        boundary = f"=-{next(_boundaries)}-="  # "=-" can stand in no quoted-printable text
        Message.__setitem__(self, "MIME-Version", "1.0")
        Message.__setitem__(self, "Content-Type", f'multipart/alternative; boundary="{boundary}"')
        text_part, html_part = _part("plain", texto), _part("html", html)
        self.set_payload([text_part, html_part])
        pieces = [_block(self), *(_block(part) + str(part.get_payload()) for part in (text_part, html_part))]
        self.raw = f"\r\n--{boundary}\r\n".join(pieces).encode("ascii") + f"\r\n--{boundary}--\r\n".encode("ascii")

    # The arguments are those of Django's MIMEMixin.
    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:  # type: ignore[override]
        return self.raw if linesep == "\r\n" else self.raw.replace(b"\r\n", linesep.encode("ascii"))

    def as_string(self, unixfrom: bool = False, linesep: str = "\n") -> str:  # type: ignore[override]
        return self.as_bytes(unixfrom, linesep).decode("ascii")


class Correspondencia(EmailMultiAlternatives):
    """What write_all() makes: any backend of Django takes it."""

    def message(self) -> Pronta:
        ((html, _),) = self.alternatives
        headers = {"Subject": str(self.subject), "To": self.to[0], **self.extra_headers}
        return Pronta(headers, str(self.body), str(html))


def _part(kind: str, text: str) -> Message:
    part = Message()
    part["Content-Type"] = f'text/{kind}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"  # seven bits and short lines pass everywhere
    encoded = binascii.b2a_qp("\r\n".join(text.splitlines()).encode() + b"\r\n", istext=True)
    part.set_payload(encoded.decode("ascii"))
    return part


def _block(message: Message) -> str:
    lines = [f"{name}: {value}".replace("\n", "\r\n") for name, value in message.items()]
    return "\r\n".join(lines) + "\r\n\r\n"


def _header(name: str, value: str) -> str:
    """ASCII as it is; anything else in encoded words (RFC 2047), none of which cuts a letter in two."""
    if "\n" in value or "\r" in value:
        raise BadHeaderError(f"quebra de linha no cabeçalho {name}")
    if value.isascii():
        return value
    words, current = [], b""
    for letter in value:
        encoded = letter.encode()
        if len(current) + len(encoded) > _ENCODED:
            words.append(current)
            current = b""
        current += encoded
    return "\n ".join(_word(word) for word in [*words, current])


def _word(data: bytes) -> str:
    return f"=?utf-8?b?{binascii.b2a_base64(data, newline=False).decode('ascii')}?="
