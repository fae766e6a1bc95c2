"""Secrets that are kept nowhere, and the signature made with them."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence

PREFIXO = "whsec_"


def mark(pepper: str) -> str:
    """Says which pepper a salt belongs to, and nothing about it."""
    return hashlib.sha256(b"webhook:marca " + pepper.encode()).hexdigest()[:8]


def derive(pepper: str, salt: str) -> str:
    """The same two always give the same secret; the salt alone, which the database has, gives none."""
    key = hashlib.sha256(b"webhook:segredo " + pepper.encode()).digest()
    return PREFIXO + urlsafe_b64encode(hmac.digest(key, salt.encode(), "sha256")).decode().rstrip("=")


def sign(secrets: Sequence[str], body: bytes, *, timestamp: int) -> str:
    """One signature for each secret: while one replaces the other, whoever knows either of them finds its own."""
    signed = f"{timestamp}.".encode() + body
    found = [f"v1={hmac.new(secret.encode(), signed, 'sha256').hexdigest()}" for secret in secrets]
    return ",".join([f"t={timestamp}", *found])
