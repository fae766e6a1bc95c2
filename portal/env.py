"""Every value from the environment, read once; what is wrong ends the start with one line, never a traceback."""

import json
import secrets
from datetime import datetime, time
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ

AMBIENTES = ("demo", "sandbox", "producao")
WEAK = 40  # a generated SECRET_KEY is longer; a typed word is not

env = environ.Env()


def refuse(message: str) -> NoReturn:
    raise SystemExit(f"Configuração: {message}")


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value: str = env.str(name, default)
    if value not in allowed:
        refuse(f"{name}={value!r} não existe; use {', '.join(allowed)}.")
    return value


def required(name: str, *, when: bool, default: str = "", why: str = "") -> str:
    value: str = env.str(name, default="").strip()
    if not value and when:
        refuse(f"falta {name}, obrigatória {why or 'com AMBIENTE=' + env.str('AMBIENTE', 'demo')}.")
    return value or default


def boolean(name: str, default: bool) -> bool:
    """Stricter than environ's, which takes any unknown word for false."""
    text: str = env.str(name, "").strip().lower()
    if text in ("true", "1", "yes", "on", "sim"):
        return True
    if text in ("false", "0", "no", "off", "não", "nao"):
        return False
    if text:
        refuse(f"{name} deve ser true ou false.")
    return default


def number(name: str, default: int) -> int:
    try:
        return int(env.int(name, default))
    except ValueError:
        refuse(f"{name} deve ser um número inteiro.")


def time_of_day(name: str, default: str) -> time:
    text: str = env.str(name, default)
    try:
        found = time.fromisoformat(text)
        if found.tzinfo or found.microsecond:
            raise ValueError
    except ValueError:
        refuse(f"{name}={text!r} não é uma hora do dia, como 18:00:00.")
    return found


def texts(name: str) -> dict[str, str]:
    """A JSON object of texts."""
    text: str = env.str(name, "").strip() or "{}"
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        refuse(f'{name} não é um objeto JSON de textos, como {{"anuencia_cer.N2": "T+10du"}}.')
    return found


def database(var: Path, *, production: bool) -> dict[str, Any]:
    url = required("DATABASE_URL", when=production, default=f"sqlite:///{var / 'portal.sqlite3'}")
    try:
        if url.partition(":")[0] not in environ.Env.DB_SCHEMES:  # environ only warns, and repeats the password
            raise ValueError
        config: dict[str, Any] = environ.Env.db_url_config(url)
    except (ValueError, KeyError, environ.ImproperlyConfigured):
        refuse("DATABASE_URL não é um endereço de banco, como postgres:" + "//usuario:senha@maquina:5432/banco.")
    return config


def redis() -> str:
    url: str = env.str("REDIS_URL", "").strip()
    if url and not url.startswith(("redis:" + "//", "rediss:" + "//", "unix:" + "//")):
        refuse("REDIS_URL não é um endereço de Redis, como redis:" + "//:senha@maquina:6379/0.")
    return url


def mail(*, production: bool) -> dict[str, Any]:
    url = required("EMAIL_URL", when=production)
    if not url:
        return {}
    try:
        return dict(environ.Env.email_url_config(url))
    except (ValueError, KeyError, environ.ImproperlyConfigured):
        refuse("EMAIL_URL não é um endereço de servidor de e-mail, como smtp:" + "//usuario:senha@maquina:587.")


def timezone_name(default: str) -> str:
    name: str = env.str("FUSO", default)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        refuse(f"FUSO={name!r} não é um fuso horário conhecido, como America/Sao_Paulo.")
    return name


def reference_instant(fuso: str, *, production: bool) -> datetime | None:
    """DATA_DE_REFERENCIA: the instant from which the portal's clock runs, for demonstrations and acceptance."""
    text: str = env.str("DATA_DE_REFERENCIA", "")
    if not text:
        return None
    if production:
        refuse("DATA_DE_REFERENCIA não pode ser usada com AMBIENTE=producao: o relógio de produção é o real.")
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        refuse(f"DATA_DE_REFERENCIA={text!r} não é uma data ISO, como 2026-11-21T12:00.")
    return instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(fuso))


def secret_key(var: Path, *, production: bool) -> str:
    key = required("SECRET_KEY", when=production)
    if production and len(key) < WEAK:
        refuse(f"SECRET_KEY tem {len(key)} caracteres; são pelo menos {WEAK}, gerados ao acaso.")
    return key or _kept_secret(var / "secret_key")


def _kept_secret(path: Path) -> str:
    """Outside production: made once and kept, so that sessions survive a restart of the demo."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text().strip()


def oidc_apps() -> list[dict[str, Any]]:
    """The one provider that OIDC_EMISSOR names, or none."""
    issuer: str = env.str("OIDC_EMISSOR", "")
    if not issuer:
        return []
    return [
        {
            "provider_id": env.str("OIDC_ID", "govbr"),
            "name": env.str("OIDC_NOME", "gov.br"),
            "client_id": required("OIDC_CLIENTE", when=True, why="com OIDC_EMISSOR"),
            "secret": required("OIDC_SEGREDO", when=True, why="com OIDC_EMISSOR"),
            "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
        }
    ]
