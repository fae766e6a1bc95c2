"""For test_passeio: the drawings of a CBR's registration, by hand (3.25 to 3.35)."""

DESENHO: dict[str, dict[str, list[set[str]]]] = {
    "cbr_registro": {"R1": [], "R2": [{"R1"}], "R3": []},
    "cbr_art5": {"A5": []},
    "cbr_ajuste": {"J1": [], "J2": [{"J1"}], "J3": []},
    "cbr_maximos": {"X1": [], "X2": [{"X1"}], "X3": []},
    "cbr_ato": {"T1": []},
    "cbr_finalizacao": {"F1": [], "F2": [{"F1"}], "F3": []},
    "cbr_termino": {"E1": []},
    "cbr_invalidade": {"I1": []},
}
VALIDACAO = {"à espera da validação", "validado", "sem efeito: não validado no prazo"}
ESTADOS: dict[str, set[str]] = {
    "cbr_registro": {"rascunho, com o vendedor", *VALIDACAO},
    "cbr_art5": {"em andamento", "registrado pela CCEE"},
    "cbr_ajuste": {"em ajuste, com o vendedor", *VALIDACAO},
    "cbr_maximos": {"em ajuste, com o vendedor", *VALIDACAO},
    "cbr_ato": {"em andamento", "informado"},
    "cbr_finalizacao": {
        "com o vendedor", "à espera da validação", "validada", "sem efeito: não validada no prazo",
    },
    "cbr_termino": {"em andamento", "finalizado"},
    "cbr_invalidade": {"em andamento", "inválido"},
}  # fmt: skip
for estados in ESTADOS.values():
    estados.add("cancelado")
PRAZO_EM_DIAS = {"R2": 5, "J2": 5, "X2": 5, "F2": 5}
