"""What to show of the list of contracts."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from contratos.domain.contrato import ESPECIES, NOMES, Assinatura, Registro
from contratos.models import Leilao

PRAZOS = {"atrasado": "Atrasados", "vence_em_breve": "Vencem em até 3 dias úteis", "em_dia": "Em dia"}
SITUACOES = [
    ("", "Todas"),
    ("Assinatura", [(str(state), NOMES[state]) for state in Assinatura]),
    ("Registro", [(str(state), NOMES[state]) for state in Registro]),
]


class FiltroForm(forms.Form):
    """What is malformed counts as not given, and is told next to its field."""

    texto = forms.CharField(
        label="Número ou parte",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Ex.: CCEAR-2026.0001, sigla ou CNPJ", "autocomplete": "off"}),
    )
    especie = forms.ChoiceField(
        label="Espécie", required=False, choices=[("", "Todas"), *((str(k), v) for k, v in ESPECIES.items())]
    )
    leilao = forms.ModelChoiceField(Leilao.objects.none(), label="Leilão", required=False, empty_label="Todos")
    situacao = forms.ChoiceField(label="Situação", required=False, choices=SITUACOES)
    prazo = forms.ChoiceField(label="Prazos", required=False, choices=[("", "Todos"), *PRAZOS.items()])
    pagina = forms.IntegerField(min_value=1, max_value=100_000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, leiloes: QuerySet[Leilao], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leilao"].queryset = leiloes  # type: ignore[attr-defined]  # a ModelChoiceField

    def numero(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("pagina") or 1

    def filtro(self) -> dict[str, Any]:
        self.is_valid()
        names = ("texto", "especie", "leilao", "situacao", "prazo")
        return {name: self.cleaned_data.get(name) or "" for name in names}
