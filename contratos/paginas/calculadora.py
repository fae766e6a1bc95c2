"""What the calculator's page shows: a count beside another, and what changes between them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from contratos import selectors
from contratos.domain.prazos import Vencimento
from contratos.forms import EXEMPLOS, PrazoForm
from portal.calendario import selectors as calendario
from portal.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Resultado:
    """One count on the page, and the query of its calendar file."""

    titulo: str
    expressao: str
    vencimento: Vencimento
    ics: str


def page(query: Mapping[str, str], *, on: date) -> dict[str, Any]:
    """The form, and where it is complete the result; what cannot be counted is told on the form."""
    form = PrazoForm(query if "expressao" in query else None)
    context: dict[str, Any] = {"form": form, "exemplos": EXEMPLOS, **_calendar()}
    if not form.is_bound or _only_chosen(form, query) or not form.is_valid():
        return context
    try:
        return context | _results(form) | {"clausulas": selectors.clauses(form.cleaned_data["expressao"], on=on)}
    except DomainError as error:
        form.add_error(None, error.detail)
        return context


def _calendar() -> dict[str, Any]:
    """Which one, how old it is, and until when a day lasts: a date alone does not say."""
    return {"calendario": calendario.name(), "calendario_em": calendario.changed_at(), "hora": settings.PRAZO_HORA}


def _only_chosen(form: PrazoForm, query: Mapping[str, str]) -> bool:
    """An example was just chosen: its dates are asked for, not missed."""
    fresh = bool(form.ancoras) and not any(nome in query for nome in form.ancoras)
    if fresh:
        for nome in form.ancoras:
            form.fields[nome].required = False
        form.is_valid()
    return fresh


def _results(form: PrazoForm) -> dict[str, Any]:
    first = _result(form, "", form.valores())
    if not (other := form.valores_e_se()):
        return {"resultados": [first]}
    second = _result(form, "E se fosse", other)
    return {
        "resultados": [replace(first, titulo="Datas informadas"), second],
        "mudou": _moved(first.vencimento.data, second.vencimento.data),
    }


def _result(form: PrazoForm, titulo: str, valores: dict[str, str]) -> Resultado:
    expressao = form.cleaned_data["expressao"]
    found = selectors.deadline(expressao, valores)
    return Resultado(titulo, expressao, found, urlencode({"expressao": expressao, **valores}))


def _moved(first: date | None, second: date | None) -> str:
    if first is None or second is None or first == second:
        return "O vencimento é o mesmo."
    days, which = abs((second - first).days), "depois" if second > first else "antes"
    there = f"O vencimento passa de {first:%d/%m/%Y} para {second:%d/%m/%Y}: {days} {_unit(days, 'dia')} {which}"
    wall = calendario.calendar()
    if not (wall.covers(first) and wall.covers(second)):
        return f"{there}."
    business = abs(wall.between(first, second))
    return f"{there}, {business} {_unit(business, 'dia útil')}."


def _unit(number: int, one: str) -> str:
    return one if number == 1 else {"dia": "dias", "dia útil": "dias úteis"}[one]
