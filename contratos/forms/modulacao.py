"""The hours of a month as a person brings them: pasted from a spreadsheet, or as a CSV file."""

from django import forms

from contratos.domain.evidencia import LONGEST_TABLE
from contratos.domain.evidencia.modulacao import HORAS
from contratos.domain.montantes.celulas import decode


class HorasForm(forms.Form):
    horas_do_mes = forms.CharField(
        label="Energia de cada hora (MWh)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "numero"}),
        help_text=HORAS,
    )
    arquivo = forms.FileField(
        label="Ou um arquivo CSV (opcional)",
        required=False,
        help_text="Separado por ponto e vírgula, com vírgula decimal. Vale no lugar do que está no campo acima.",
    )

    def text(self) -> str:
        """Of the file where there is one. Never raises: what cannot be read is said cell by cell."""
        upload = self.files.get("arquivo")
        if upload is None:
            return str(self.data.get("horas_do_mes", ""))[:LONGEST_TABLE]
        return decode(upload.read(2 * LONGEST_TABLE))[:LONGEST_TABLE].removeprefix("\ufeff")
