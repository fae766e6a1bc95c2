"""What a party states of its side: guarantees, signatories, conditions of the edital that it met."""

from collections.abc import Iterable
from typing import Any

from django import forms

from contratos.forms.fluxo import DataField
from contratos.models import Garantia


class GarantiaForm(forms.Form):
    """What has to be there the service says; whether it applies is asked of CCEE's people only."""

    nome = forms.CharField(label="Garantia", max_length=120, help_text="Como o edital a chama.")
    instrumento = forms.CharField(label="Instrumento e número", max_length=120, required=False)
    valor = forms.DecimalField(label="Valor (R$)", max_digits=16, decimal_places=2, required=False, localize=True)
    vale_de = DataField(label="Válida desde", required=False)
    vale_ate = DataField(label="Válida até", required=False)
    aplicavel = forms.BooleanField(label="Aplica-se a este contrato", required=False, initial=True)
    motivo = forms.CharField(
        label="Por que não se aplica", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, garantia: Garantia, data: Any = None, *, ccee: bool) -> None:
        super().__init__(data, initial={nome: getattr(garantia, nome) for nome in self.base_fields})
        if garantia.pk:
            del self.fields["nome"]
        if not ccee:
            del self.fields["aplicavel"], self.fields["motivo"]


class SignatarioForm(forms.Form):
    parte = forms.ChoiceField(label="Assina por", widget=forms.RadioSelect)
    nome = forms.CharField(label="Nome completo", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    cpf = forms.CharField(
        label="CPF",
        max_length=20,
        help_text="Com ou sem pontos. É o CPF do certificado ICP-Brasil com que a pessoa assina.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    email = forms.EmailField(label="E-mail (opcional)", required=False)
    desde = DataField(label="Desde")

    def __init__(self, partes: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parte"].choices = list(partes)  # type: ignore[attr-defined]  # a ChoiceField


class CumprimentoForm(forms.Form):
    comprovante = forms.CharField(
        label="O que comprova o cumprimento",
        max_length=300,
        required=False,
        help_text="Documento, número e data.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
