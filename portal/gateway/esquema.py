"""The gateway's address in the OpenAPI document; no view of Django REST framework is there to describe it."""

from typing import Any

from portal.agentes.esquema import RETRY_AFTER
from portal.agentes.exemplos import of_status
from portal.errors import PROBLEM, of_domain
from portal.gateway.domain.decisao import PALAVRAS
from portal.gateway.services import FILA_CHEIA
from portal.gateway.views.porta import SO_GATEWAY, TEXTO, TRES_TEXTOS, PedidoMalformado
from portal.kernel.errors import Busy, Forbidden

PEDIDO = {
    "type": "object",
    "required": ["usuario", "senha", "certificado_sha256"],
    "properties": {
        "usuario": {"type": "string", "description": "O usuário sistêmico: o CNPJ do agente."},
        "senha": {"type": "string", "format": "password", "description": "8 números."},
        "certificado_sha256": {
            "type": "string",
            "description": "SHA-256 do certificado (DER) apresentado na conexão TLS, em hexadecimal; vazio: nenhum.",
        },
    },
}
EXEMPLO = {"usuario": "11222333000181", "senha": "40718263", "certificado_sha256": "9f86d081884c7d65" * 4}
RESPOSTA = {
    "type": "object",
    "required": ["autorizado", "motivo", "cnpj", "sigla"],
    "additionalProperties": False,
    "properties": {
        "autorizado": {"type": "boolean"},
        "motivo": {
            "type": "string",
            "enum": list(PALAVRAS),
            "description": "\n".join(f"- `{motivo}`: {texto}" for motivo, texto in PALAVRAS.items()),
        },
        "cnpj": {"type": "string", "nullable": True, "description": "Só de quem entra."},
        "sigla": {"type": "string", "nullable": True},
    },
}
RECUSAS = {
    400: ("O pedido não pôde ser lido; nada foi conferido", of_status(400)),
    401: ("Sem chave válida", of_status(401)),
    403: ("A chave não é de gateway", of_domain(Forbidden(SO_GATEWAY))),
    422: ("Falta um campo", of_domain(PedidoMalformado(TRES_TEXTOS, erros={"senha": [TEXTO]}))),
    503: (
        "Senhas demais à espera de conferência; o cabeçalho Retry-After diz quantos segundos esperar",
        of_domain(Busy(FILA_CHEIA)),
    ),
}


def add(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """A postprocessing hook of drf-spectacular."""
    recusas = {str(status): _refusal(*words) for status, words in RECUSAS.items()}
    recusas["503"]["headers"] = {"Retry-After": RETRY_AFTER}
    entra = EXEMPLO["usuario"]
    exemplos = {
        "entra": {"value": {"autorizado": True, "motivo": "autorizado", "cnpj": entra, "sigla": "AURORA"}},
        "não entra": {"value": {"autorizado": False, "motivo": "certificado-vencido", "cnpj": None, "sigla": None}},
    }
    corpos = ("application/json", "application/x-www-form-urlencoded")
    result["paths"]["/api/v1/autorizacao/"] = {
        "post": {
            "operationId": "autorizar",
            "summary": "Diz se um usuário sistêmico pode entrar com a senha e o certificado que apresentou",
            "description": "Com chave de gateway. O certificado é lido do banco a cada pergunta: excluído ou vencido, "
            "não entra mais. Chame por HTTPS.",
            "tags": ["gateway"],
            "security": [{"chave": []}],
            "requestBody": {
                "required": True,
                "content": {corpo: {"schema": PEDIDO, "examples": {"pedido": {"value": EXEMPLO}}} for corpo in corpos},
            },
            "responses": {
                "200": {
                    "description": "A decisão",
                    "content": {"application/json": {"schema": RESPOSTA, "examples": exemplos}},
                },
                **recusas,
            },
        }
    }
    return result


def _refusal(texto: str, exemplo: dict[str, Any]) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problema"}
    return {"description": texto, "content": {PROBLEM: {"schema": schema, "examples": {texto: {"value": exemplo}}}}}
