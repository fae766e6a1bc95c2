"""What test_passeio.py walks of CCERs, supplies between distributors, Itaipu, CONUERs and requests for documents."""

DESENHO: dict[str, dict[str, list[set[str]]]] = {
    "ccer_registro": {"C1": []},
    "ccer_inadimplencia": {"D1": [], "D2": [{"D1"}]},
    "suprimento_registro": {"F1": []},
    "itaipu_publicacao": {"I1": []},
    "conuer": {"U1": []},
    "nome_alterado": {"V1": []},
    "documento_vendedor": {"Q1": [], "Q2": [{"Q1"}], "Q3": [{"Q2"}]},
    "documento_comprador": {"Q1": [], "Q2": [{"Q1"}], "Q3": [{"Q2"}]},
}
ESTADOS = {
    "ccer_registro": {"em registro", "registrado", "cancelado"},
    "ccer_inadimplencia": {
        "em registro", "montante zero até a quitação", "débito quitado, montantes restaurados", "cancelado",
    },
    "suprimento_registro": {"em registro", "registrado", "cancelado"},
    "itaipu_publicacao": {"à espera da publicação", "publicado", "cancelado"},
    "conuer": {"a enviar", "aceito compulsoriamente", "cancelado"},
    "nome_alterado": {"à espera da CCEE", "contraparte informada", "cancelado"},
    "documento_vendedor": {"rascunho", "à espera do documento", "em conferência", "documento aceito", "cancelado"},
    "documento_comprador": {"rascunho", "à espera do documento", "em conferência", "documento aceito", "cancelado"},
}  # fmt: skip
