"""What test_passeio.py walks of the modulation of a month, and of the share of free generation."""

DESENHO: dict[str, dict[str, list[set[str]]]] = {
    "modulacao_ca": {"H1": [], "H2": [{"H1"}], "H3": []},
    "modulacao_ca_so": {"H1": [], "H3": []},
    "modulacao_cbr": {"H1": [], "H2": [{"H1"}], "H3": []},
    "percentual_acl": {"V1": []},
}
_FIM = {"à espera do comprador", "modulado flat", "cancelado"}
ESTADOS = {
    "modulacao_ca": {"à espera da validação", "modulado pelas partes", *_FIM},
    "modulacao_ca_so": {"modulado pelo comprador", *_FIM},
    "modulacao_cbr": {
        "à espera do vendedor", "à espera da validação", "modulado pelas partes", "modulado flat", "cancelado",
    },
    "percentual_acl": {"em andamento", "informado", "cancelado"},
}  # fmt: skip
PRAZO_EM_DIAS = {"H1": 5, "H2": 5}
