"""A sentence that knows its own pattern, so that whoever shows it can say it in another language."""

from typing import Any


class Texto(str):
    """As text: the pattern filled in, in Portuguese. `modelo` and `dados` are what a translation starts from."""

    __slots__ = ("dados", "modelo")

    modelo: str
    dados: dict[str, Any]

    def __new__(cls, modelo: str, **dados: Any) -> "Texto":
        made = super().__new__(cls, modelo % dados if dados else modelo)
        made.modelo, made.dados = modelo, dados
        return made


texto = Texto  # the word that the extraction of strings looks for (tests/mercado/extracao.py)
