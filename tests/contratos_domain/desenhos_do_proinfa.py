"""What test_passeio.py walks of PROINFA: the months' quotas, and the year."""

DESENHO: dict[str, dict[str, list[set[str]]]] = {
    "proinfa_registro": {"R1": []},
    "proinfa_mes": {
        "Q1": [],
        "Q2": [{"Q1"}],
        "Q3": [{"Q2"}],
        "Q3e": [{"Q2"}],
        "Q3s": [],
        "Q4": [{"Q3", "Q3e"}],
        "Q5": [{"Q4"}],
        "Q6": [{"Q3s", "Q4", "Q5"}],
    },
    "proinfa_revisao": {"V1": []},
    "proinfa_renuncia": {"O1": [], "O2": [{"O1"}], "O3": [{"O2"}]},
    "proinfa_ato": {"Y1": []},
    "sazo_proinfa": {"Z1": [], "Z2": []},
    "proinfa_informe": {"I1": []},
    "proinfa_garantia": {"G1": []},
    "proinfa_historico": {"H1": [], "H2": [], "H3": [{"H1"}]},
}
ESTADOS = {
    "proinfa_registro": {"em registro", "registrado", "cancelado"},
    "proinfa_mes": {
        "à espera da apuração", "apurada, à espera da publicação", "publicada, aberta a discordância",
        "discordância em análise", "à espera do novo cálculo", "a ajustar nos contratos", "nos contratos", "cancelado",
    },
    "proinfa_revisao": {"em revisão", "cota refeita", "cancelado"},
    "proinfa_renuncia": {
        "em pedido", "à espera da declaração assinada", "declarada, à espera da finalização", "cota no ACEP",
        "cancelado",
    },
    "proinfa_ato": {"em registro", "registrado", "cancelado"},
    "sazo_proinfa": {
        "à espera do ACEP", "à espera da sazonalização automática", "sazonalizado pela CCEE", "sazonalizado pelo ACEP",
        "cancelado",
    },
    "proinfa_informe": {"à espera da CCEE", "cotistas informados", "cancelado"},
    "proinfa_garantia": {"em revisão", "montantes revistos", "cancelado"},
    "proinfa_historico": {
        "à espera do histórico", "à espera do cálculo", "com cota anual", "sem cota anual: faltou o histórico",
        "cancelado",
    },
}  # fmt: skip
PRAZO_EM_DIAS = {"Q3": 5, "Z1": 5}
