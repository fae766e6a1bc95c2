"""Writes a lot of copied companies and people, inside the act of the whole import."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models.functions import Lower

from portal.agentes.copia.campos import AGENTE, PESSOA
from portal.agentes.models import Agente, Representacao, Usuario
from portal.agentes.services import prepare_agente

Registro = dict[str, Any]


def copy_people(lote: Sequence[Registro]) -> tuple[int, list[str]]:
    """How many are new or changed; and the user names left out, for what is staff's here stays staff's.

    Who comes new has no password that anybody knows. Who has chosen one here keeps it.
    """
    known = {row.username: row for row in Usuario.objects.filter(username__in=[one["username"] for one in lote])}
    owners = _owners([str(one["email"]).lower() for one in lote])
    new, changed, skipped = [], [], []
    for one in lote:
        facts = {name: one[name] for name in PESSOA} | {"email": str(one["email"]).lower()}
        row = known.get(one["username"])
        if owners.get(facts["email"], one["username"]) != one["username"] or (row and row.is_staff):
            skipped.append(str(one["username"]))
        elif row is None:
            new.append(Usuario(**facts, password=make_password(None)))
        elif any(getattr(row, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(row, name, value)
            changed.append(row)
    Usuario.objects.bulk_create(new)
    Usuario.objects.bulk_update(changed, PESSOA)
    return len(new) + len(changed), skipped


def _owners(emails: Sequence[str]) -> dict[str, str]:
    rows = Usuario.objects.annotate(address=Lower("email")).filter(address__in=emails)
    return dict(rows.values_list("address", "username"))


def copy_companies(lote: Sequence[Registro]) -> set[str]:
    """The CNPJs where something of the company itself is new or changed."""
    known = {row.cnpj: row for row in Agente.objects.filter(cnpj__in=[one["cnpj"] for one in lote])}
    new, changed = [], []
    for one in lote:
        row = known.get(one["cnpj"])
        if row is None:
            new.append(_agente(Agente(), one))
        elif any(getattr(row, name) != one[name] for name in AGENTE):
            changed.append(_agente(row, one))
    Agente.objects.bulk_create(new)
    Agente.objects.bulk_update(changed, [*AGENTE, "sigla_busca", "razao_social_busca"])
    return {row.cnpj for row in (*new, *changed)}


def _agente(row: Agente, one: Registro) -> Agente:
    for name in AGENTE:
        setattr(row, name, one[name])
    prepare_agente(row)
    return row


def copy_roles(lote: Sequence[Registro]) -> tuple[set[str], int]:
    """The CNPJs where a representation is new, or ended; and how many name a person who is not here.

    What the file does not speak of stays: people of the sandbox alone may represent companies there.
    """
    agentes = {row.cnpj: row for row in Agente.objects.filter(cnpj__in=[one["cnpj"] for one in lote])}
    names = {role["usuario"] for one in lote for role in one["representacoes"]}
    people = {row.username: row for row in Usuario.objects.filter(username__in=names, is_staff=False)}
    there = Representacao.objects.filter(agente__in=agentes.values(), ate=None).select_related("agente", "usuario")
    open_ones = {(row.agente.cnpj, row.usuario.username, row.papel): row for row in there}
    new, ended, unknown = [], [], 0
    for one in lote:
        for role in one["representacoes"]:
            row = open_ones.get((one["cnpj"], role["usuario"], role["papel"]))
            desde, ate = date.fromisoformat(role["desde"]), date.fromisoformat(role["ate"]) if role["ate"] else None
            if role["usuario"] not in people:
                unknown += 1
            elif row and ate:
                row.ate = max(row.desde, ate)
                ended.append(row)
            elif not row and not ate:
                usuario, agente = people[role["usuario"]], agentes[one["cnpj"]]
                new.append(Representacao(usuario=usuario, agente=agente, papel=role["papel"], desde=desde))
    Representacao.objects.bulk_create(new)
    Representacao.objects.bulk_update(ended, ["ate"])
    return {row.agente.cnpj for row in (*new, *ended)}, unknown
