"""The forms with which CCEE opens a flow and states the dates that its deadlines count from."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from contratos.domain.contrato import NOMES
from contratos.domain.fim import FINAIS
from contratos.domain.prazos import meaning


class DataField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)


class AncorasForm(forms.Form):
    """A date for each letter; one left blank stays as it is."""

    def __init__(self, letras: Iterable[str], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.letras = tuple(letras)
        for letra in self.letras:
            self.fields[letra] = DataField(label=f"{letra}: {meaning(letra)}", required=False)

    def ancoras(self) -> dict[str, date]:
        return {letra: self.cleaned_data[letra] for letra in self.letras if self.cleaned_data.get(letra)}


class AberturaForm(AncorasForm):
    def __init__(self, opcoes: Iterable[tuple[str, str]], letras: Iterable[str], data: Any = None) -> None:
        super().__init__(letras, data)
        self.fields = {
            "procedimento": forms.ChoiceField(label="Procedimento", choices=list(opcoes), widget=forms.RadioSelect),
            **self.fields,
        }


class RegistroForm(forms.Form):
    """3.15: for the whole period of supply."""

    inicio = DataField(label="Registrar desde")
    fim = DataField(label="Registrar até")


class SuspensaoForm(forms.Form):
    de = DataField(label="Suspenso desde")
    ate = DataField(
        label="Suspenso até (opcional)", required=False, help_text="Último dia; vazio: sem data de término."
    )
    motivo = forms.CharField(label="Motivo", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class RetomadaForm(forms.Form):
    motivo = forms.CharField(label="Motivo", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class FimForm(RetomadaForm):
    para = forms.ChoiceField(
        label="Passa a",
        choices=[(str(each), NOMES[each]) for each in FINAIS],
        widget=forms.RadioSelect,
        help_text="As outras situações finais vêm do que as cláusulas preveem: veja os botões na página do contrato.",
    )
    field_order = ["para", "motivo"]

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any]) -> None:
        """`initial["fins"]`: those on offer for this contract; of the others the service says how they come about."""
        super().__init__(data, initial=dict(initial))
        offered = [(str(each), NOMES[each]) for each in initial["fins"]]
        self.fields["para"].widget.choices = offered
