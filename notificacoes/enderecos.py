"""Addresses that are ours: the mail domain, the signed envelope sender, the link that opts out.

The signatures are not secret-bearing and never expire: a bounce may come days later, and opting out must always work.
"""

import hashlib
import hmac
from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36

ENVELOPE, DISPENSA = "notificacoes.envelope", "notificacoes.dispensa"
# In lower-case hexadecimal, because some servers fold the case of an address.
TAMANHOS = {ENVELOPE: 16, DISPENSA: 32}


def domain() -> str:
    """Of the sender; also the right-hand side of every Message-ID."""
    return _domain(settings.DEFAULT_FROM_EMAIL)


@lru_cache(maxsize=8)
def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2]


def envelope_sender(envio_id: int) -> str:
    """Where the bounces of that Envio come back to: devolucoes+<id>.<signature>@domain."""
    local, _, host = settings.DEVOLUCOES.rpartition("@")
    return f"{local}+{_sign(envio_id, ENVELOPE)}@{host}"


def envio_of(address: str) -> int | None:
    """The Envio of an envelope sender that we signed; None for any other address."""
    local, _, host = settings.DEVOLUCOES.lower().rpartition("@")
    address = address.strip().lower()
    prefix, suffix = f"{local}+", f"@{host}"
    if not (address.startswith(prefix) and address.endswith(suffix)):
        return None
    return _verify(address[len(prefix) : -len(suffix)], ENVELOPE)


def is_signed(address: str) -> bool:
    """It has the shape of an envelope sender of ours, whatever its signature is worth."""
    return address.strip().lower().startswith(f"{settings.DEVOLUCOES.lower().rpartition('@')[0]}+")


def opt_out_path(usuario_id: int) -> str:
    return reverse("dispensa", args=[_sign(usuario_id, DISPENSA)])


def usuario_of(token: str) -> int | None:
    return _verify(token, DISPENSA)


def _sign(pk: int, purpose: str) -> str:
    return f"{int_to_base36(pk)}.{_signature(pk, purpose, settings.SECRET_KEY)}"


def _verify(token: str, purpose: str) -> int | None:
    number, _, signature = token.partition(".")
    try:
        pk = base36_to_int(number)
    except ValueError:
        return None
    keys = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    good = [constant_time_compare(_signature(pk, purpose, key), signature) for key in keys]
    return pk if any(good) else None


def _signature(pk: int, purpose: str, key: str) -> str:
    """As Django's salted_hmac makes it, whose key need not be worked out anew for each of many mails."""
    return hmac.digest(_key(purpose, key), str(pk).encode(), "sha256").hex()[: TAMANHOS[purpose]]


@lru_cache(maxsize=8)
def _key(purpose: str, secret: str) -> bytes:
    return hashlib.sha256(f"{purpose}{secret}".encode()).digest()
