"""The header, and what makes two requests the same. Nothing of what was sent can be read back from either."""

import hashlib
import json
import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict
from rest_framework.exceptions import ParseError

from portal.kernel.errors import DomainError

HEADER = "Idempotency-Key"
SHAPE = r"[!-~]{1,255}"
INVALIDA = (
    "O cabeçalho Idempotency-Key precisa ter de 1 a 255 caracteres ASCII visíveis, sem espaços. "
    "Use um UUID novo para cada pedido, e o mesmo para repeti-lo."
)


class ChaveInvalida(DomainError):
    status, code, title = 400, "idempotency-key-invalida", "Idempotency-Key inválida"


def read(header: str) -> str:
    """The draft asks for a structured string, in quotes; most clients leave them out: both are the same key."""
    quoted = len(header) > 1 and header[0] == header[-1] == '"'
    key = header[1:-1] if quoted else header
    if not re.fullmatch(SHAPE, key):
        raise ChaveInvalida(INVALIDA)
    return key


def identity(chamador: str, path: str, key: str) -> str:
    """One caller's key at one address: another caller's is another key, whatever it looks like."""
    return hashlib.sha256(json.dumps([chamador, path, key]).encode()).hexdigest()


def fingerprint(data: Any, *, of: str) -> str:
    """Of the fields and files as they were read: the boundary and the spaces differ from one sending to the next.

    Keyed with SECRET_KEY, which the database does not hold: a password of 8 numbers would be found in the plain
    SHA-256 of a body within a second.
    """
    try:
        whole = json.dumps(_plain(data), sort_keys=True, default=str)
    except RecursionError as deep:  # brackets that could just be read, from a little less deep
        raise ParseError from deep
    return salted_hmac(f"portal.agentes.idempotencia:{of}", whole, algorithm="sha256").hexdigest()


def _plain(data: Any) -> Any:
    if not isinstance(data, MultiValueDict):
        return ["json", data]
    return ["form", {name: [_value(value) for value in data.getlist(name)] for name in data}]


def _value(value: Any) -> Any:
    if not isinstance(value, UploadedFile):
        return str(value)
    value.seek(0)
    return [value.name, value.size, hashlib.sha256(value.read()).hexdigest()]
