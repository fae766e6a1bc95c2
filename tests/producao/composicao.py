"""Reads docker-compose.yml as docker compose would, so that what is checked is the file itself."""

import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[?-])(?P<text>[^}]*))?\}")


class Missing(Exception):
    """A variable that the file requires; the text is the file's own message."""


def example() -> dict[str, str]:
    """deploy/exemplo.env filled in: what it leaves blank is secret, and made up here."""
    lines = (ROOT / "deploy/exemplo.env").read_text().splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value or secrets.token_hex(32) for name, _, value in pairs}


def interpolate(text: str, values: Mapping[str, str]) -> str:
    """${NAME:?message} and ${NAME:-default}, then $$ for a dollar sign."""

    def value(match: re.Match[str]) -> str:
        name, kind, rest = match["name"], match["kind"], match["text"]
        if kind == "?" and not values.get(name):
            raise Missing(rest)
        return values.get(name) or rest or ""

    return VARIABLE.sub(value, text).replace("$$", "$")


def services() -> dict[str, Any]:
    """As written, anchors resolved and variables not."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return loaded


def environment(service: str, values: Mapping[str, str]) -> dict[str, str]:
    return {name: interpolate(str(text), values) for name, text in services()[service]["environment"].items()}


def environments(values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: environment(name, values) for name in services()}


def command(service: str, values: Mapping[str, str]) -> list[str]:
    written = services()[service]["command"]
    words = written.split() if isinstance(written, str) else written
    return [interpolate(word, values) for word in words]


def health_command(service: str, values: Mapping[str, str]) -> list[str]:
    how, *words = services()[service]["healthcheck"]["test"]
    filled = [interpolate(word, values) for word in words]
    return filled if how == "CMD" else ["sh", "-c", *filled]
