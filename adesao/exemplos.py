"""One request as it is sent and answered, for the OpenAPI document; the company is made up."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

CERTIFICADO: dict[str, Any] = {
    "titular": "CN=api.aurora.exemplo, 2.5.4.5=11222333000181, O=Aurora Energia S.A., C=BR",
    "sha256": "9f86d081884c7d65" * 4,
}
ENVIO = {"senha": "40718263", "certificados": ["producao.cer"], "excluir": [17]}
CONCLUIDA: dict[str, Any] = {
    "protocolo": "PI-2026-000123",
    "concluida_em": "2026-11-22T15:05:28.473643Z",
    "recibo": {
        "cnpj": "11222333000181",
        "sigla": "AURORA",
        "razao_social": "Aurora Energia S.A.",
        "senha": "alterada",
        "por": "chave:erp",
        "incluidos": [{"nome": "producao.cer", **CERTIFICADO, "valido_ate": "2027-11-21T15:05:28Z"}],
        "excluidos": [],
        "em_servico": 1,
    },
    "certificados": [
        {
            "id": 42,
            "nome": "producao.cer",
            **CERTIFICADO,
            "emissor": "CN=AC Exemplo SSL, O=ICP-Brasil, C=BR",
            "certificadora": "AC Exemplo SSL",
            "versao": 3,
            "numero_serie": "70d03aa57edfdd17",
            "valido_de": "2026-11-21T15:05:28Z",
            "valido_ate": "2027-11-21T15:05:28Z",
            "situacao": "vigente",
            "cnpj": "11222333000181",
            "cnpj_origem": "2.5.4.5",
            "incluido_em": "2026-11-22T15:05:28.473643Z",
            "incluido_por": "chave:erp",
        }
    ],
    "avisos": [],
}
SOLICITACAO = [
    OpenApiExample("senha nova, um certificado a mais, outro a menos", ENVIO, request_only=True,
                   media_type="multipart/form-data",
                   description="`certificados` são as partes de arquivo; `excluir`, o `id` de cada um."),
    OpenApiExample("concluída", CONCLUIDA, response_only=True),
]  # fmt: skip
