"""A table that a person pastes, or brings as a file from a spreadsheet."""

from django import forms

from contratos.domain.evidencia import LONGEST_TABLE

CODIFICACOES = ("utf-8-sig", "cp1252")  # what spreadsheets write here


class TabelaForm(forms.Form):
    meses_do_ano = forms.CharField(
        label="Energia de cada mês (MWh)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 13, "spellcheck": "false", "class": "numero"}),
        help_text="Uma linha por mês: 01/2027; 1234,567890. Pode ser colado de uma planilha.",
    )
    arquivo = forms.FileField(
        label="Ou um arquivo CSV (opcional)",
        required=False,
        help_text="Separado por ponto e vírgula, com vírgula decimal.",
    )

    def text(self) -> str:
        """Of the file where there is one. Never raises: what cannot be read is said cell by cell."""
        upload = self.files.get("arquivo")
        if upload is None:
            return str(self.data.get("meses_do_ano", ""))[:LONGEST_TABLE]
        content: bytes = upload.read(LONGEST_TABLE)
        for codificacao in CODIFICACOES:
            try:
                return content.decode(codificacao)
            except UnicodeDecodeError:
                continue
        return content.decode("latin-1")
