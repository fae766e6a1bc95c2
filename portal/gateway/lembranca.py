"""Passwords worked out a moment ago, so that Argon2 is asked once and not at each call (docs/decisions/034)."""

import hmac
import secrets
from datetime import datetime, timedelta
from threading import Lock

MAIS = 20_000  # kept by one process; some 3 MB


class Lembranca:
    """Right and wrong ones, by an HMAC under a key that this process made and tells nobody.

    Bound to the password's version, which the caller reads from the database each time: a new password is a new mark.
    It says nothing of certificates, which are looked up each time.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._known: dict[bytes, tuple[datetime, bool]] = {}
        self._lock = Lock()

    def mark(self, agente: int, versao: int, senha: str) -> bytes:
        return hmac.digest(self._key, f"{agente}:{versao}:{senha}".encode(), "sha256")

    def verdict(self, mark: bytes, *, now: datetime) -> bool | None:
        """Whether it was right; None where that is not known, or no longer."""
        until, right = self._known.get(mark, (now, False))
        return right if now < until else None

    def keep(self, mark: bytes, *, right: bool, now: datetime, seconds: int) -> None:
        """For so long, and not longer for being asked again. The oldest go where there are too many."""
        with self._lock:
            self._known.pop(mark, None)
            self._known[mark] = now + timedelta(seconds=seconds), right
            while len(self._known) > MAIS:
                del self._known[next(iter(self._known))]
