"""For test_passeio: the ends of a registration, successions and consents, drawn by hand (brief 3.14 to 3.16)."""

DESENHO: dict[str, dict[str, list[set[str]]]] = {
    "cancelamento_registro": {"K1": [], "K2": [{"K1"}]},
    "recontabilizacao": {"R1": []},
    "pedido_recontabilizacao": {"Q1": [], "Q2": [{"Q1"}], "Q3": [{"Q2"}]},
    "sucessao": {
        "X1": [],
        "X2": [{"X1"}],
        "X3v": [{"X2"}],
        "X3c": [{"X2"}],
        "X3s": [{"X2"}],
        "X4": [{"X3v"}, {"X3c"}, {"X3s"}],
    },
    "distrato_garantia": {"W1": [], "W2": []},
    "anuencia_cer": {"N1": [], "N2": [{"N1"}], "N3a": [{"N2"}], "N3n": [{"N2"}]},
}
ESTADOS: dict[str, set[str]] = {
    "cancelamento_registro": {"à espera da decisão", "decidido, a cancelar nos sistemas", "registro cancelado"},
    "recontabilizacao": {"a recontabilizar", "recontabilizado"},
    "pedido_recontabilizacao": {
        "em pedido", "em avaliação", "a recontabilizar", "recontabilizado", "não recontabilizado",
    },
    "sucessao": {
        "à espera dos dados", "em análise", "termo em assinatura", "assinado, à espera do efeito", "efetivada",
    },
    "distrato_garantia": {"pendência: distrato da garantia", "pendência: nova garantia", "garantia substituída"},
    "anuencia_cer": {
        "solicitada", "em análise", "anuída, a comunicar", "negada, a comunicar", "anuída", "negada", "respondida",
    },
}  # fmt: skip
for estados in ESTADOS.values():
    estados.add("cancelado")
