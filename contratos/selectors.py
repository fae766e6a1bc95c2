"""Reading: the calendar and the conventions by which the deadlines of contracts are counted."""

from datetime import date
from typing import Any

from django.conf import settings

from contratos.domain.prazos import Ancoras, Convencoes, Vencimento, parse, parse_anchor, work_out
from portal.calendario.selectors import NOME, calendar


def conventions() -> Convencoes:
    """As the settings have them; docs/decisions/013."""
    return Convencoes(ancora_rola=settings.PRAZO_ANCORA_ROLA, vencimento_dc_rola=settings.PRAZO_CORRIDO_ROLA)


def deadline(expressao: str, ancoras: dict[str, str]) -> Vencimento:
    """Both as typed. Raises DomainError that says what cannot be read or is missing."""
    parsed = parse(expressao)
    given: Ancoras = {nome: parse_anchor(nome, texto.strip()) for nome, texto in ancoras.items() if texto.strip()}
    return work_out(parsed, given, calendar(), conventions())


def as_dict(expressao: str, vencimento: Vencimento) -> dict[str, Any]:
    """For `calcular_prazo --json` and the API."""
    return {
        "expressao": str(parse(expressao)),
        "vencimento": _iso(vencimento.data),
        "calendario": NOME,
        "passos": [
            {"data": passo.data.isoformat(), "conta": passo.conta, "motivo": passo.motivo}
            for passo in vencimento.passos
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
