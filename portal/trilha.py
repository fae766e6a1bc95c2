"""What a person may read of the ledger: their companies' entries and their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from portal import frases
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.kernel.text import searchable

PAGE = 50
SIGLAS = 100  # how many the company field suggests
LARGEST = 2**63 - 1
OWN = ("sessao.", "senha_pessoal.", "segundo_fator.", "pessoa.", "agenda.", "aviso.")


@dataclass(frozen=True, slots=True)
class Filtro:
    empresa: str = ""
    grupo: str = ""
    antes: int | None = None  # entries older than this number: the next page

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filtro":
        """Whatever does not parse filters nothing."""
        antes, grupo = query.get("antes", ""), query.get("grupo", "")
        number = int(antes) if antes.isascii() and antes.isdigit() and len(antes) < 20 else None
        return cls(
            empresa=query.get("empresa", "").replace("\0", "").strip()[:60],
            grupo=grupo if grupo in frases.GRUPOS else "",
            antes=min(number, LARGEST) if number is not None else None,
        )


@dataclass(frozen=True, slots=True)
class Linha:
    evento: Evento
    quem: str
    frase: str
    sigla: str
    detalhes: list[tuple[str, str]]


def read(ator: Ator, filtro: Filtro, *, on: date) -> dict[str, Any]:
    """One page with what its filter needs."""
    linhas, older = page(ator, filtro, on=on)
    siglas = acesso.visible_agentes(ator, on=on).order_by("sigla_busca").values_list("sigla", flat=True)
    return {
        "linhas": linhas,
        "filtro": filtro,
        "grupos": [(code, name) for code, (name, _) in frases.GRUPOS.items()],
        "siglas": list(siglas[:SIGLAS]),
        "mais_antigas": older,
    }


def page(ator: Ator, filtro: Filtro, *, on: date) -> tuple[list[Linha], int | None]:
    """Newest first; with what `antes` asks for the next page, None after the last."""
    agentes = acesso.visible_agentes(ator, on=on)
    found = list(_select(ator, agentes, filtro)[: PAGE + 1])
    eventos = found[:PAGE]
    return lines(eventos, agentes), eventos[-1].numero if len(found) > PAGE else None


def _select(ator: Ator, agentes: QuerySet[Agente], filtro: Filtro) -> QuerySet[Evento]:
    companies = Q(cnpj__in=_matching(agentes, filtro.empresa).values("cnpj"))
    mine = _any_prefix(OWN) & Q(cnpj="") & (Q(ator=ator.nome) | Q(objeto=ator.nome))
    rows = Evento.objects.filter(companies if filtro.empresa else companies | mine)
    if filtro.grupo:
        rows = rows.filter(_any_prefix(frases.GRUPOS[filtro.grupo][1]))
    if filtro.antes is not None:
        rows = rows.filter(numero__lt=filtro.antes)
    return rows.order_by("-numero")


def _matching(agentes: QuerySet[Agente], text: str) -> QuerySet[Agente]:
    """By SIGLA, or by CNPJ with or without its mask; accents and case do not matter."""
    if not text:
        return agentes
    plain = searchable(text)
    digits = "".join(c for c in plain if c.isalnum())
    return agentes.filter(Q(sigla_busca__contains=plain) | Q(cnpj__startswith=digits or "-"))


def _any_prefix(prefixes: Iterable[str]) -> Q:
    condition = Q()
    for prefix in prefixes:
        condition |= Q(tipo__startswith=prefix)
    return condition


def lines(eventos: Sequence[Evento], agentes: QuerySet[Agente]) -> list[Linha]:
    """`agentes`: those whose sigla may be shown."""
    people = Usuario.objects.filter(username__in={evento.ator for evento in eventos})
    names = {user.username: "Operação" if user.is_staff else user.nome for user in people}
    siglas = dict(agentes.filter(cnpj__in={evento.cnpj for evento in eventos}).values_list("cnpj", "sigla"))
    return [
        Linha(
            evento=evento,
            quem=names.get(evento.ator, evento.ator),
            frase=frases.sentence(evento.tipo),
            sigla=siglas.get(evento.cnpj, ""),
            detalhes=frases.details(evento.dados),
        )
        for evento in eventos
    ]
