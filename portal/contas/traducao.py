"""A sentence of the domain in the language of whoever looks."""

from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext

from portal.mercado.texto import Texto


def traduzir(text: str) -> str:
    """A Texto by its pattern, with its instants as that language writes them; any other text as it is catalogued."""
    if not isinstance(text, Texto):
        return gettext(text) if text else ""
    said = gettext(text.modelo)
    return said % {name: _value(value) for name, value in text.dados.items()} if text.dados else said


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return formats.date_format(value.astimezone(timezone.get_current_timezone()), "SHORT_DATETIME_FORMAT")
    return traduzir(value) if isinstance(value, Texto) else value
