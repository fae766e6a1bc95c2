"""Which report: of what auction, as of what day; and the tickets that a report names."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from contratos.models import Leilao

DATA: dict[str, Any] = {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}


class RelatorioForm(forms.Form):
    """Where nothing is chosen: the latest auction, as of today."""

    leilao = forms.ModelChoiceField(
        label="Leilão", queryset=Leilao.objects.none(), required=False, empty_label=None,
        error_messages={"invalid_choice": "Esse leilão não está entre os dos contratos que você pode ver."},
    )  # fmt: skip
    em = forms.DateField(
        label="Como estava no fim do dia",
        required=False,
        error_messages={"invalid": "Não é uma data. Use o formato AAAA-MM-DD."},
        **DATA,
    )

    def __init__(self, query: Any, *, leiloes: QuerySet[Leilao], hoje: date) -> None:
        first = leiloes.first()
        given = {name: query.get(name, "") for name in ("leilao", "em")}
        super().__init__({"leilao": given["leilao"] or (first and first.pk), "em": given["em"] or hoje.isoformat()})
        self.fields["leilao"].queryset = leiloes  # type: ignore[attr-defined]  # a ModelChoiceField
        self.hoje = hoje

    def clean_em(self) -> date:
        em: date | None = self.cleaned_data["em"]
        if em is not None and em > self.hoje:
            raise forms.ValidationError(f"{em:%d/%m/%Y} ainda não chegou. Escolha hoje ou um dia que já passou.")
        return em or self.hoje

    def chosen(self) -> tuple[Leilao, date] | None:
        """None where there is no auction to report on, or a field is wrong."""
        if not self.is_valid() or self.cleaned_data["leilao"] is None:
            return None
        return self.cleaned_data["leilao"], self.cleaned_data["em"]


class AnoForm(forms.Form):
    """Where nothing is chosen: this year."""

    ano = forms.IntegerField(
        label="Ano", min_value=2004, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Não é um ano. Use quatro algarismos, como 2026.",
            "min_value": "Não há CBR antes de 2004.",
        },
    )  # fmt: skip

    def __init__(self, query: Any, *, hoje: date) -> None:
        super().__init__({"ano": query.get("ano") or hoje.year})
        self.hoje = hoje

    def clean_ano(self) -> int:
        ano: int | None = self.cleaned_data["ano"]
        if ano is not None and ano > self.hoje.year:
            raise forms.ValidationError(f"{ano} ainda não começou. Escolha {self.hoje.year} ou um ano que já passou.")
        return ano or self.hoje.year
