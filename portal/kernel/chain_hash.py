"""The arithmetic of the ledger: each entry's hash covers its own text and the hash before it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical(body: Mapping[str, Any]) -> bytes:
    """One byte string for one meaning: keys sorted, no spaces, UTF-8. Only str, int, bool, None, list, dict inside."""
    return _ENCODER.encode(body).encode()


def chain(previous: str, body: Mapping[str, Any]) -> str:
    """Lower-case hex SHA-256 of `previous` (64 hex characters) followed by the canonical body."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(body)).hexdigest()
