"""Examples for the OpenAPI document."""

from typing import Any

NOVO = {
    "nome": "ERP de produção",
    "url": "https://sistema.exemplo.com.br/portal",
    "eventos": ["certificado.incluido", "certificado.excluido"],
}
DESTINO: dict[str, Any] = {
    "id": 7,
    **NOVO,
    "situacao": "ligado",
    "motivo": "",
    "falhas": 0,
    "pausado_ate": None,
    "criado_em": "2026-11-22T15:04:05.678901Z",
    "segredo_de": "2026-11-22T15:04:05.678901Z",
    "segredo_anterior_ate": None,
}
DESLIGADO = DESTINO | {"situacao": "desligado", "motivo": "Desligado por chave:erp."}
SEGREDO = {"segredo": "whsec_Kq0v5n3cUe2yB8mJ1xWz6TtRaFhLpSgDoIiNkQeYuXw"}
ENTREGA: dict[str, Any] = {
    "total": 1,
    "pagina": 1,
    "paginas": 1,
    "resultados": [
        {
            "id": 41,
            "evento": "evt_1041_9c1e66d0",
            "tipo": "certificado.excluido",
            "estado": "entregue",
            "tentativas": 1,
            "criada_em": "2026-11-22T15:04:10.000001Z",
            "tentada_em": "2026-11-22T15:04:10.100002Z",
            "proxima_em": None,
            "status": 204,
            "motivo": "recebido",
            "duracao_ms": 87,
            "corpo_sha256": "9f86d081884c7d65" * 4,
        }
    ],
}
