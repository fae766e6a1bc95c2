"""Signing in as a browser does."""

import re
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from portal.auditoria.models import Evento
from tests.factories import SENHA

TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": ?)"[^"]*"')


def sign_in(client: Client, login: str, senha: str = SENHA, **extra: Any) -> Any:
    """The answer to the form, not followed."""
    return client.post("/entrar/", {"login": login, "password": senha}, **extra)


def signed_in_as(client: Client) -> str | None:
    """The primary key in the session, as text."""
    return client.session.get("_auth_user_id")


def without_tokens(body: bytes) -> bytes:
    return TOKEN.sub(b"", body)


def last(tipo: str) -> Evento:
    return Evento.objects.filter(tipo=tipo).order_by("-numero")[0]


class CountingHasher(Argon2PasswordHasher):
    """Django's own, that counts: what a refusal costs is what an attacker can time."""

    uses = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.uses += 1
        return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        CountingHasher.uses += 1
        return bool(super().verify(password, encoded))
