"""Transport only; whether an address will do, the services say."""

from typing import Any

from django import forms

from portal.kernel.errors import DomainError
from portal.webhooks.domain.dados import Dados
from portal.webhooks.domain.eventos import DE_TESTE, offered


class DestinoForm(forms.Form):
    nome = forms.CharField(label="Nome", max_length=80, help_text="O sistema que recebe, como “ERP de produção”.")
    url = forms.CharField(
        label="Endereço",
        max_length=2000,
        help_text="Começa com https:// e é público na Internet.",
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://sistema.exemplo.com.br/portal"}),
    )
    eventos = forms.MultipleChoiceField(label="O que contar", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, gateway: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(tipo.nome, tipo.rotulo) for tipo in offered(gateway=gateway)]
        self.fields["eventos"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if gateway:
            self.initial.setdefault("eventos", [nome for nome, _ in choices])

    def dados(self) -> Dados:
        data = self.cleaned_data
        return Dados(data["nome"], data["url"], data["eventos"])

    def refuse(self, refusal: DomainError) -> None:
        """What a service found, beside its field."""
        for field, messages in (refusal.erros or {"": [refusal.detail]}).items():
            for message in messages:
                self.add_error(field or None, message)


class ModeloForm(forms.Form):
    """Of which event to show a specimen."""

    tipo = forms.ChoiceField(label="Evento", required=False)
    pagina = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    def __init__(self, *args: Any, gateway: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(tipo.nome, tipo.rotulo) for tipo in (*offered(gateway=gateway), DE_TESTE)]
        self.fields["tipo"].choices = choices  # type: ignore[attr-defined]  # as above

    def chosen(self) -> tuple[str, int]:
        """The first of the list, and page 1, where the address asks for nonsense."""
        self.is_valid()
        data = self.cleaned_data
        first: str = self.fields["tipo"].choices[0][0]  # type: ignore[attr-defined]  # as above
        return data.get("tipo") or first, data.get("pagina") or 1
