"""Declaring the consumption of a unit or of an area, pasted or as a CSV file; and answering it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from contratos.domain.evidencia import LONGEST_TABLE
from contratos.domain.montantes.celulas import decode

MAIOR = 1024 * 1024
AJUDA = "Uma linha por mês: mês; MWh, como 01/2027; 1234,567890, com vírgula decimal e sem ponto de milhar."


class HistoricoForm(forms.Form):
    alvo = forms.ChoiceField(label="De quem é o consumo", choices=())
    tabela = forms.CharField(
        label="Consumo de cada mês (MWh)",
        help_text=f"{AJUDA} Pode ser colado de uma planilha.",
        required=False,
        max_length=LONGEST_TABLE,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )
    arquivo = forms.FileField(
        label="Ou um arquivo CSV",
        help_text="Com as mesmas duas colunas, separadas por ponto e vírgula.",
        required=False,
    )

    def __init__(self, alvos: Iterable[tuple[str, str]], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["alvo"].choices = list(alvos)  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        arquivo = dados.get("arquivo")
        if arquivo is not None and arquivo.size > MAIOR:
            self.add_error("arquivo", "O arquivo passa de 1 MB. Um histórico tem algumas dezenas de linhas.")
        elif arquivo is not None:
            dados["tabela"] = decode(arquivo.read())
        elif not dados.get("tabela"):
            self.add_error("tabela", "Cole a tabela ou escolha um arquivo.")
        return dados
