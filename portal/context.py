"""What every page's header and footer need."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, to_locale

AVISOS = {
    "demo": "Demonstração — dados fictícios, nenhum e-mail sai daqui",
    "sandbox": "Ambiente de testes (sandbox) — nada daqui vale para a operação",
}


def outbox_is_open(request: HttpRequest) -> bool:
    """In the demonstration to all. In the sandbox, whose messages open accounts, to who may send them anyway."""
    if settings.SANDBOX:
        return request.user.is_authenticated and request.user.has_perm("notificacoes.change_envio")
    return settings.AMBIENTE == "demo" and str(settings.EMAIL_BACKEND).endswith("OutboxBackend")


def portal(request: HttpRequest) -> dict[str, Any]:
    codigo = get_language() or settings.LANGUAGE_CODE
    return {
        "mercado": settings.MERCADO,
        "idioma": to_locale(codigo).replace("_", "-"),
        "idioma_codigo": codigo,
        "ambiente": settings.AMBIENTE,
        "aviso_ambiente": AVISOS.get(settings.AMBIENTE, ""),
        "atendimento": settings.ATENDIMENTO,
        "caixa_de_saida": partial(
            outbox_is_open, request
        ),  # asked only by pages that link it: the 500 page asks nothing
    }
