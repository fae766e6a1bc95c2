"""No ledger, no act: with a database that takes no more entries, no service changes anything."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from inspect import getmembers, isfunction
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from adesao import services as adesao
from certificados import services as certificados
from certificados.revogacao import services as revogacao
from contratos import services as contratos
from notificacoes import services as notificacoes
from portal.agentes import services as agentes
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.calendario import services as calendario
from portal.contas import services as contas
from portal.demo.hierarquia import Hierarquia
from portal.gateway import services as gateway
from portal.gateway.diretorio import services as diretorio
from portal.icp import services as icp
from portal.kernel.errors import DomainError
from portal.registros import services as registros
from portal.webhooks import services as webhooks
from tests.permissoes.atos import ACTS, NO_ACT, Cena

SERVICES = {
    "agentes": agentes,
    "icp": icp,
    "calendario": calendario,
    "certificados": certificados,
    "revogacao": revogacao,
    "registros": registros,
    "adesao": adesao,
    "contratos": contratos,
    "contas": contas,
    "notificacoes": notificacoes,
    "gateway": gateway,
    "diretorio": diretorio,
    "webhooks": webhooks,
}
FAULT = """
CREATE FUNCTION trilha_cheia() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trilha cheia'; END $$;
CREATE TRIGGER trilha_cheia BEFORE INSERT ON auditoria_evento FOR EACH ROW EXECUTE FUNCTION trilha_cheia();
"""


@pytest.fixture
def cena(agente: Agente, ana: Usuario, confianca: Hierarquia) -> Cena:
    return Cena(agente, ana, confianca)


def public_functions(name: str, module: ModuleType) -> Iterator[str]:
    for function, value in getmembers(module, isfunction):
        if not function.startswith("_") and value.__module__.startswith(module.__name__):
            yield f"{name}.{function}"


def everything() -> dict[str, list[str]]:
    """Each row of each table but the ledger's, as text."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label != "auditoria"]
    return {model._meta.label: sorted(_text(row) for row in model._base_manager.values_list()) for model in models}


def _text(row: tuple[Any, ...]) -> str:
    return repr([bytes(value) if isinstance(value, memoryview) else value for value in row])


def test_every_service_is_an_act_or_says_why_not() -> None:
    found = {function for name, module in SERVICES.items() for function in public_functions(name, module)}

    assert found == {name.split()[0] for name in ACTS} | set(NO_ACT)


@contextmanager
def full_ledger() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(FAULT)
        yield
        cursor.execute("DROP FUNCTION trilha_cheia CASCADE")


@pytest.mark.parametrize("name", ACTS)
def test_there_is_no_act_without_its_entry(name: str, cena: Cena) -> None:
    refused, before = ACTS[name](cena), everything()
    with full_ledger(), pytest.raises(DatabaseError, match="trilha cheia"):
        refused()

    assert not transaction.get_connection().needs_rollback
    assert everything() == before

    entries = Evento.objects.count()
    with suppress(DomainError):
        ACTS[name](cena)()
    assert Evento.objects.count() > entries
