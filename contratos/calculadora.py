"""What the calculator's page shows: a count beside another, and what changes between them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from contratos import selectors
from contratos.domain.prazos import Vencimento
from contratos.forms import EXEMPLOS, PrazoForm
from portal.calendario.selectors import NOME
from portal.kernel.errors import DomainError


def page(query: Mapping[str, str]) -> dict[str, Any]:
    """The form, and where it is complete the result; what cannot be counted is told on the form."""
    form = PrazoForm(query if "expressao" in query else None)
    context: dict[str, Any] = {"form": form, "exemplos": EXEMPLOS, "calendario": NOME}
    if not form.is_bound or _only_chosen(form, query) or not form.is_valid():
        return context
    try:
        return context | _results(form)
    except DomainError as error:
        form.add_error(None, error.detail)
        return context


def _only_chosen(form: PrazoForm, query: Mapping[str, str]) -> bool:
    """An example was just chosen: its dates are asked for, not missed."""
    fresh = bool(form.ancoras) and not any(nome in query for nome in form.ancoras)
    if fresh:
        for nome in form.ancoras:
            form.fields[nome].required = False
        form.is_valid()
    return fresh


def _results(form: PrazoForm) -> dict[str, Any]:
    expressao, valores = form.cleaned_data["expressao"], form.valores()
    first = selectors.deadline(expressao, valores)
    found: dict[str, Any] = {
        "expressao": expressao,
        "resultados": [("", first)],
        "ics": urlencode({"expressao": expressao, **valores}),
    }
    if other := form.valores_e_se():
        second = selectors.deadline(expressao, other)
        found |= {"resultados": [("Datas informadas", first), ("E se fosse", second)], "mudou": _moved(first, second)}
    return found


def _moved(first: Vencimento, second: Vencimento) -> str:
    if first.data is None or second.data is None or first.data == second.data:
        return "O vencimento é o mesmo."
    days = (second.data - first.data).days
    unit = "dia" if abs(days) == 1 else "dias"
    return f"O vencimento passa a ser {abs(days)} {unit} {'depois' if days > 0 else 'antes'}."
