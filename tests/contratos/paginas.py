"""What the tests of pages share: a browser for an actor, a second contract, a contract ready to be signed."""

import re
from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any

from django.test import Client

from contratos import services
from contratos.models import ExigenciaDoEdital, Garantia
from portal.agentes.acesso import Ator
from tests.contratos.cena import Cena

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
MARCOS = ("M2", "M3v", "M3c", "M4", "M5v", "M5c", "M6", "M7")


def as_actor(ator: Ator) -> Client:
    assert ator.usuario is not None
    client = Client()
    client.force_login(ator.usuario, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(response: Any) -> str:
    """Without the token, which is another in each answer."""
    return TOKEN.sub("", " ".join(response.content.decode().split()))


def another(cena: Cena, numero: str) -> Cena:
    """Between the same sides, of the same auction."""
    contrato = copy(cena.contrato)
    contrato.pk, contrato._state, contrato.outorga = None, copy(contrato._state), None
    contrato._state.adding, contrato.numero = True, numero
    services.save_contract(contrato, by="olga.ccee", now=cena.now)
    Garantia.objects.create(
        contrato=contrato,
        nome="Fiel cumprimento",
        instrumento="Apólice 2",
        vale_de=date(2026, 1, 1),
        vale_ate=date(2030, 12, 31),
        presented_at=cena.now,
    )
    return replace(cena, contrato=contrato)


def sign_all(cena: Cena) -> None:
    """All steps up to the document that is to be signed."""
    cena.open()
    for codigo in ("N1", *MARCOS):
        is_ccees = cena.contrato.comprador is None and cena.row(codigo).responsavel == "comprador"
        cena.close(codigo, ator=cena.ccee if is_ccees else None)


def condition(cena: Cena, texto: str, *, of: str) -> ExigenciaDoEdital:
    assert cena.contrato.leilao is not None
    return ExigenciaDoEdital.objects.create(leilao=cena.contrato.leilao, texto=texto, de_quem=of)
