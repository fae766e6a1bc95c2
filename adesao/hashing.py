"""Argon2id over an HMAC with the secret pepper: a stolen database alone verifies nothing (docs/decisions/005)."""

import hashlib
import hmac
import os
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from django.conf import settings

# 19 MiB, 2 passes: OWASP's floor, about 30 ms. One hash per core at a time keeps the pages' latency.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_cores = BoundedSemaphore(os.cpu_count() or 1)


def make_hash(senha: str) -> str:
    """`<id of the pepper>$<argon2id…>`: the id lets a retired pepper still verify."""
    pepper = settings.PIMENTAS[0]
    with _cores:
        return _pepper_id(pepper) + _hasher.hash(_peppered(senha, pepper))


def verify(senha: str, stored: str) -> bool:
    pepper_id, _, encoded = stored.partition("$")
    for pepper in settings.PIMENTAS:
        if _pepper_id(pepper) == pepper_id:
            return _matches(_peppered(senha, pepper), "$" + encoded)
    return False


def _matches(peppered: str, encoded: str) -> bool:
    try:
        with _cores:
            return _hasher.verify(encoded, peppered)
    except VerificationError:
        return False


def _pepper_id(pepper: str) -> str:
    return hashlib.sha256(pepper.encode()).hexdigest()[:8]


def _peppered(senha: str, pepper: str) -> str:
    return hmac.new(pepper.encode(), senha.encode(), hashlib.sha256).hexdigest()
