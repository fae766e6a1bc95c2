"""What the OpenAPI document says of every endpoint alike: what may be sent again, and what need not be sent again."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from portal.agentes.exemplos import EM_ANDAMENTO_EXEMPLO, OUTRO_CORPO_EXEMPLO
from portal.agentes.idempotencia.chave import HEADER, SHAPE
from portal.agentes.idempotencia.vez import MARK, REPLAYED
from portal.errors import PROBLEM

TEXT = {"type": "string"}
ETAG = "9f86d081884c7d65" * 4
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {**TEXT, "pattern": f"^{SHAPE}$", "maxLength": 255},
    "description": (
        "Um valor novo por pedido (um UUID, por exemplo), o mesmo para repeti-lo se a resposta não chegou: em 24 horas "
        "a repetição igual recebe a mesma resposta, sem fazer nada de novo. Com outro conteúdo: 422. Enquanto o "
        "primeiro envio não termina: 409 com Retry-After. Respostas 409, 429 e 5xx não ficam guardadas: nada foi "
        "feito, e repetir com a mesma chave tenta de novo. A chave vale para quem a enviou e para este endereço; as "
        "aspas em volta são opcionais."
    ),
    "examples": {
        "UUID": {"value": "8e03978e-40d5-43dd-bc93-6d9d2d9f4b4e"},
        "do seu sistema": {"value": "pedido-2026-11-22-0042"},
    },
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": TEXT,
    "description": "O ETag da cópia que você guardou: se nada mudou, a resposta é 304, sem corpo.",
    "examples": {"ETag": {"value": f'"{ETAG}"'}},
}
RETRY_AFTER = {"schema": {"type": "integer"}, "description": "Segundos a esperar.", "example": 1}


class Esquema(AutoSchema):
    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        if self.method == "GET":
            _read(operation)
        if getattr(getattr(self.view, self.method.lower(), None), MARK, False):
            _once(operation)
        if "429" in operation["responses"]:
            operation["responses"]["429"]["headers"] = {"Retry-After": {**RETRY_AFTER, "example": 42}}
        return operation


def _read(operation: dict[str, Any]) -> None:
    header = {"schema": TEXT, "description": "Forte, do corpo da resposta.", "example": f'"{ETAG}"'}
    operation.setdefault("parameters", []).append(IF_NONE_MATCH)
    operation["responses"]["200"]["headers"] = {"ETag": header}
    operation["responses"]["304"] = {"description": "A sua cópia é a atual", "headers": {"ETag": header}}


def _once(operation: dict[str, Any]) -> None:
    operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
    for status, answer in operation["responses"].items():
        if status < "300":
            answer["headers"] = {
                REPLAYED: {"schema": TEXT, "description": "`true` na resposta repetida.", "example": "true"}
            }
    responses = operation["responses"]
    responses["409"]["headers"] = {"Retry-After": RETRY_AFTER}
    for status, name, value in (
        ("409", "Idempotency-Key em andamento", EM_ANDAMENTO_EXEMPLO),
        ("422", "Idempotency-Key com outro conteúdo", OUTRO_CORPO_EXEMPLO),
    ):
        responses[status]["content"][PROBLEM].setdefault("examples", {})[name] = {"value": value}
