"""The demonstration's hierarchy, kept between runs so that what it issued stays good."""

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from portal.demo.hierarquia import Emitido, Hierarquia

PASTA = "hierarquia-de-demonstracao"  # under PORTAL_VAR
ROOM = timedelta(days=400)  # what it may be asked to issue before and after today


def load_or_create(folder: Path, *, now: datetime) -> Hierarquia:
    """The kept one, or a new one where there is none that covers this date."""
    kept = _load(folder, now=now)
    if kept is not None:
        return kept
    created = Hierarquia.create(at=now)
    save(created.raiz, folder / "raiz")
    save(created.ac, folder / "ac")
    return created


def _load(folder: Path, *, now: datetime) -> Hierarquia | None:
    try:
        raiz, ac = _read(folder / "raiz"), _read(folder / "ac")
    except (OSError, ValueError, TypeError):
        return None
    covers = raiz.cert.not_valid_before_utc < now - ROOM and now + ROOM < raiz.cert.not_valid_after_utc
    return Hierarquia(raiz, ac, now) if covers else None


def _read(stem: Path) -> Emitido:
    cert = x509.load_der_x509_certificate(stem.with_suffix(".cer").read_bytes())
    key = load_pem_private_key(stem.with_suffix(".key").read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("not an RSA key")
    return Emitido(cert.public_bytes(Encoding.DER), key, cert)


def save(issued: Emitido, stem: Path) -> None:
    """`stem`.cer and `stem`.key, the key for its owner's eyes only."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    key = stem.with_suffix(".key")
    key.touch(mode=0o600)
    key.write_bytes(issued.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    stem.with_suffix(".cer").write_bytes(issued.der)
