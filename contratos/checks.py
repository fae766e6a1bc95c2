"""What contracts refuse to start with."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from contratos.domain.prazos import ExpressaoInvalida, needed, parse
from contratos.domain.procedimentos import PROCEDIMENTOS
from contratos.domain.procedimentos.configurados import problems


@register()
def configured_deadlines(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found = problems(settings.PRAZOS_CONFIGURADOS, PROCEDIMENTOS)
    return [Error(f"PRAZOS_CONFIGURADOS: {problem}", id="contratos.E001") for problem in found]


@register()
def yearly_report(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Of 3.35, counted in the year after (31Jan, 31Jan+5du); nothing but the year is known of it."""
    texto = settings.PRAZO_RELATORIO_CBR
    try:
        fits = not texto or needed(parse(texto)) == {"ANO"}
    except ExpressaoInvalida as error:
        return [Error(f"PRAZO_RELATORIO_CBR: {error.detail}", id="contratos.E002")]
    return [] if fits else [Error(f"PRAZO_RELATORIO_CBR={texto!r} não conta do ano, como 31Jan.", id="contratos.E002")]
