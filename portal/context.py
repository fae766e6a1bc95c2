"""What every page's header and footer need."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

AVISOS = {
    "demo": "Demonstração — dados fictícios, nenhum e-mail sai daqui",
    "sandbox": "Ambiente de testes (sandbox) — nada daqui vale para a operação",
}


def portal(request: HttpRequest) -> dict[str, Any]:
    return {
        "ambiente": settings.AMBIENTE,
        "aviso_ambiente": AVISOS.get(settings.AMBIENTE, ""),
        "atendimento": settings.ATENDIMENTO,
        "caixa_de_saida": settings.AMBIENTE == "demo" and settings.EMAIL_BACKEND.endswith("OutboxBackend"),
    }
