"""What test_passeio.py walks of the seasonalisation of a year."""

DESENHO: dict[str, dict[str, list[set[str]]]] = {
    "sazo_ccear": {"Z1": [], "Z2": [{"Z1"}], "Z3": [], "Z4": [{"Z3"}]},
    "sazo_ca": {"Z1": [], "Z2": [{"Z1"}], "Z3": []},
    "sazo_usina": {"Z1": [], "Z3": [], "Z4": [{"Z3"}]},
    "nova_disponibilidade": {"W1": []},
    "inflexibilidade": {"I1": []},
    "sazo_cotas": {"Z1": []},
}
ESTADOS = {
    "sazo_ccear": {
        "à espera do comprador", "à espera da validação", "à espera da CCEE", "sazonalizado pelas partes",
        "sazonalizado pelo perfil de carga", "cancelado",
    },
    "sazo_ca": {
        "à espera do comprador", "à espera da validação", "sazonalizado pelas partes", "sazonalizado flat", "cancelado",
    },
    "sazo_usina": {
        "à espera do vendedor", "à espera da CCEE", "sazonalizado pelo vendedor",
        "sazonalizado pela disponibilidade declarada", "cancelado",
    },
    "nova_disponibilidade": {"em declaração", "declarada", "cancelado"},
    "inflexibilidade": {"à espera da CCEE", "informada", "cancelado"},
    "sazo_cotas": {"à espera da CCEE", "sazonalizado pela CCEE", "cancelado"},
}  # fmt: skip
