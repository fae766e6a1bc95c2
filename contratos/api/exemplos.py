"""Requests as they are sent and answered, for the OpenAPI document; companies and contracts are made up."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

ABERTO_EM = "2026-11-24T12:01:19.330470-03:00"
EM_ACORDO = {"acordo_tipo": "rescisao", "mes_inicio": "2030-01"}
CBR = {
    "vendedor": "SOL DO SERTAO",
    "comprador": "DISTRIBUIDORA SUL",
    "suprimento_inicio": "2027-01-01",
    "suprimento_fim": "2027-12-31",
    "subgrupo": "a",
    "origem": "chamada_publica",
    "modulacao": "flat",
    "mesmo_grupo": "não",
    "parcela_usina": "PCH Rio Claro, 10 %",
    "ato_tipo": "Despacho",
    "ato_numero": "100/2026",
    "ato_publicado_em": "2026-11-20",
    "periodos": "01/01/2027; 30/06/2027; 10,5\n01/07/2027; 31/12/2027; 12,345678",
}
VALIDADA: dict[str, Any] = {
    "id": 5,
    "fluxo": "acordo_bilateral",
    "codigo": "B2",
    "rodada": 1,
    "nome": "Validar o acordo bilateral",
    "responsavel": "vendedor",
    "prazo": "D25@M-1",
    "vence_em": "2029-12-25",
    "situacao": "concluida",
    "atrasada": False,
    "resultado": "",
    "opened_at": ABERTO_EM,
    "closed_at": "2026-11-24T12:05:40.756508-03:00",
    "closed_by": "chave:erp",
}
HISTORICO: dict[str, Any] = {
    "id": 9,
    "unidade": "UC-77",
    "distribuidora": None,
    "meses": [{"mes": "2026-08-01", "energia_mwh": "1500.500000"}, {"mes": "2026-09-01", "energia_mwh": "1499.123456"}],
    "total_mwh": "2999.623456",
    "declarante": {"cnpj": "11222333000181", "sigla": "AURORA"},
    "situacao": "declarado",
    "pode_responder": False,
    "sent_at": ABERTO_EM,
    "sent_by": "chave:erp",
    "answered_at": None,
    "answered_by": "",
    "motivo": "",
}
RESPONDIDO = {
    "situacao": "devolvido",
    "answered_at": "2026-11-24T12:05:40.756508-03:00",
    "answered_by": "chave:distribuidora",
    "motivo": "Falta o mês de julho.",
}


def _flow(contrato: str, procedimento: str, **ancoras: str) -> dict[str, Any]:
    return {
        "id": 2,
        "contrato": contrato,
        "procedimento": procedimento,
        "estado": "à espera da validação",
        "ancoras": ancoras,
        "opened_at": ABERTO_EM,
        "closed_at": None,
    }


def _pair(name: str, sent: dict[str, Any], answered: dict[str, Any]) -> list[OpenApiExample]:
    return [OpenApiExample(name, sent, request_only=True), OpenApiExample(name, answered, response_only=True)]


PEDIDO = _pair("rescisão por acordo", {"evidencia": EM_ACORDO}, _flow("CCEAR-1", "acordo_bilateral", M="2030-01-01"))
REGISTRO = _pair("registro de um CBR", {"evidencia": CBR}, _flow("CBR-2026.00001", "cbr_registro", MS="2027-01-01"))
CONCLUSAO = [
    *_pair("validação, sem nada a informar", {"evidencia": {}, "resultado": ""}, VALIDADA),
    OpenApiExample(
        "devolução, com o motivo",
        {"evidencia": {"devolucao": "A hora 7 não confere."}, "resultado": "horas_devolvidas"},
        request_only=True,
    ),
]
DECLARACAO = _pair(
    "de uma unidade", {"unidade": "UC-77", "tabela": "Mês; MWh\n08/2026; 1500,5\n09/2026; 1499,123456"}, HISTORICO
)
RESPOSTA = _pair("devolução", {"resultado": "devolvido", "motivo": RESPONDIDO["motivo"]}, HISTORICO | RESPONDIDO)
