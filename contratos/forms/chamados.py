"""A ticket about what a party owes for a contract, both named as people know them."""

from datetime import date
from typing import Any

from django import forms

from contratos.forms.relatorios import DATA
from contratos.models import Contrato
from portal.kernel.cnpj import compact
from portal.kernel.text import searchable


class ChamadoForm(forms.Form):
    """`cleaned_data` is what services.register_ticket takes."""

    contrato = forms.CharField(
        label="Contrato", max_length=30, widget=forms.TextInput(attrs={"placeholder": "Ex.: CCEAR-2026.0001"})
    )
    agente = forms.CharField(
        label="Agente com a pendência", max_length=60, widget=forms.TextInput(attrs={"placeholder": "Sigla ou CNPJ"})
    )
    numero = forms.CharField(label="Número do chamado", max_length=39)
    aberto_em = forms.DateField(label="Aberto em", **DATA)
    descricao = forms.CharField(label="Pendência", max_length=299, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, hoje: date) -> None:
        super().__init__(data)
        self.fields["aberto_em"].initial = hoje
        for field in self.fields.values():
            field.error_messages["required"] = "Preencha este campo."

    def clean_contrato(self) -> Contrato:
        numero = self.cleaned_data["contrato"].strip().upper()
        found = Contrato.objects.select_related("vendedor", "comprador", "leilao").filter(numero=numero).first()
        if found is None:
            raise forms.ValidationError(f"Não há contrato de número {numero}.")
        return found

    def clean(self) -> dict[str, Any]:
        """The Agente is one side of the contract."""
        contrato, typed = self.cleaned_data.get("contrato"), self.cleaned_data.get("agente")
        if contrato is not None and typed:
            wanted = (searchable(typed), compact(typed))
            sides = [side for side in contrato.partes if side.sigla_busca == wanted[0] or side.cnpj == wanted[1]]
            if sides:
                self.cleaned_data["agente"] = sides[0]
            else:
                names = " e ".join(side.sigla for side in contrato.partes)
                self.add_error("agente", f"As partes do contrato são {names}.")
        return self.cleaned_data
