"""One request: its headers, and what came of it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from portal.saida import pedido
from portal.saida.pedido import Falhou, Recusada
from portal.webhooks.domain.assinatura import sign
from portal.webhooks.selectors import Conteudo

SEGUNDOS, LIMITE = 10, 2048
ESQUEMAS = ("https",)
ACABOU = 410


@dataclass(frozen=True, slots=True)
class Fim:
    """What became of one attempt."""

    motivo: str
    status: int | None = None
    duracao_ms: int = 0
    definitivo: bool = False  # to try this delivery again is no use

    @property
    def entregue(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def acabou(self) -> bool:
        return self.status == ACABOU


def headers(conteudo: Conteudo, secrets: list[str], *, now: datetime) -> dict[str, str]:
    return {
        "Content-Type": "application/json; charset=utf-8",
        "Portal-Evento": conteudo.evento,
        "Portal-Tipo": conteudo.tipo,
        "Portal-Assinatura": sign(secrets, conteudo.corpo, timestamp=int(now.timestamp())),
    }


def send(url: str, corpo: bytes, headers: Mapping[str, str], *, resolve: Callable[..., list[str]] | None = None) -> Fim:
    """Never raises what the network brings. The other side's words are not kept, only its status."""
    began = time.monotonic()
    try:
        resposta = pedido.send(
            "POST",
            url,
            body=corpo,
            headers=headers,
            seconds=SEGUNDOS,
            limit=LIMITE,
            cut=True,
            schemes=ESQUEMAS,
            hosts_allowed=settings.SAIDA_HOSTS_PERMITIDOS,
            resolve=resolve or pedido.system_names,
        )
    except Recusada as error:
        return Fim(str(error), duracao_ms=_since(began), definitivo=True)
    except Falhou as error:
        return Fim(str(error), duracao_ms=_since(began))
    return Fim(_words(resposta.status), resposta.status, _since(began))


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)


def _words(status: int) -> str:
    if 200 <= status < 300:
        return "recebido"
    if 300 <= status < 400:
        return "o servidor mandou a outro endereço; o portal não segue redirecionamentos"
    if status == ACABOU:
        return "o servidor respondeu que este endereço não existe mais (410)"
    return f"o servidor respondeu {status}"
