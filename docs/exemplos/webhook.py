"""Confere uma entrega de webhook do portal; só a biblioteca padrão do Python. Explicação: docs/webhooks.md.

A resposta certa a uma entrega boa é 2xx, dada logo: guarde o corpo e faça o trabalho depois.
"""

import hashlib
import hmac
import json
from typing import Any

TOLERANCIA = 300  # segundos entre o relógio do portal e o seu


class Recusada(Exception):
    """Não veio do portal, ou é a repetição de algo antigo: responda 400 e não use o conteúdo."""


def conferir(corpo: bytes, cabecalhos: dict[str, str], segredo: str, *, agora: float) -> dict[str, Any]:
    """O evento, se a assinatura é do portal e recente. `corpo` são os bytes recebidos, antes de qualquer leitura."""
    partes = [parte.split("=", 1) for parte in cabecalhos.get("Portal-Assinatura", "").split(",") if "=" in parte]
    instante = next((valor for nome, valor in partes if nome == "t"), "")
    if not (instante.isascii() and instante.isdecimal()) or abs(agora - int(instante)) > TOLERANCIA:
        raise Recusada("assinatura sem instante, ou antiga demais")
    certa = hmac.new(segredo.encode(), instante.encode() + b"." + corpo, hashlib.sha256).hexdigest().encode()
    # Na troca do segredo vêm duas: basta uma. compare_digest não revela onde está a diferença.
    if not any(nome == "v1" and hmac.compare_digest(valor.encode(), certa) for nome, valor in partes):
        raise Recusada("a assinatura não confere")
    evento: dict[str, Any] = json.loads(corpo)
    return evento


class Recebidos:
    """O mesmo evento pode chegar mais de uma vez, sempre com o mesmo `id`. No seu sistema, guarde no banco."""

    def __init__(self) -> None:
        self._ids: set[str] = set()

    def novo(self, evento: dict[str, Any]) -> bool:
        conhecido = evento["id"] in self._ids
        self._ids.add(evento["id"])
        return not conhecido
