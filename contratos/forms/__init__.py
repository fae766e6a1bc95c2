"""The forms of the public pages: the calculator, and the filter of the clauses. Those of contracts stand beside."""

from typing import Any

from django import forms

from contratos.domain.clausulas import Classe, Situacao
from contratos.domain.prazos import ANCORAS, ExpressaoInvalida, needed, parse
from contratos.domain.prazos.expressao import ANO, MESES

E_SE = "se-"  # before the name of an anchor: its value in the comparison
EXEMPLOS = (
    ("P+2du", "Enviar os dados da outorga publicada (3.9)"),
    ("max(P,H)+25du", "Concluir a assinatura do contrato de novo empreendimento (3.10)"),
    ("H+25du", "Concluir a assinatura no leilão de energia existente (3.10)"),
    ("T+30dc", "Cancelar a alteração que ninguém concluiu (3.84)"),
    ("MS+9du", "9º dia útil do mês seguinte ao de referência"),
    ("D25@M-1", "Registrar o acordo bilateral (3.104)"),
    ("31Dec-2du", "Antepenúltimo dia útil do ano"),
)


class PrazoForm(forms.Form):
    """`compara` after cleaning: whether a second set of dates was given."""

    expressao = forms.CharField(
        label="Prazo",
        max_length=200,
        help_text="Escreva a expressão ou escolha um dos exemplos. du = dias úteis, dc = dias corridos.",
        widget=forms.TextInput(attrs={"list": "exemplos", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Escreva o prazo, como P+2du."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.ancoras = _anchors_of((data or {}).get("expressao", ""))
        for nome in self.ancoras:
            self.fields[nome] = _field(nome)
        for nome in self.ancoras:
            self.fields[E_SE + nome] = _field(nome, label=f"E se {nome} fosse", required=False)

    def clean_expressao(self) -> str:
        texto = str(self.cleaned_data["expressao"])
        try:
            return str(parse(texto))
        except ExpressaoInvalida as error:
            raise forms.ValidationError(error.detail) from error

    def pares(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each date with the one to compare it with."""
        return [(self[nome], self[E_SE + nome]) for nome in self.ancoras]

    def valores(self) -> dict[str, str]:
        return {nome: self.cleaned_data[nome] for nome in self.ancoras}

    def valores_e_se(self) -> dict[str, str]:
        """The compared dates, where one was given; those left blank are as in valores()."""
        other = {nome: self.cleaned_data[E_SE + nome] for nome in self.ancoras}
        return {nome: value or self.cleaned_data[nome] for nome, value in other.items()} if any(other.values()) else {}


class RegrasForm(forms.Form):
    """The clauses to show. Where a field cannot be read, all of them are."""

    busca = forms.CharField(
        label="Número ou palavra",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Ex.: 3.10 ou garantia", "autocomplete": "off"}),
    )
    classe = forms.ChoiceField(
        label="O que cabe ao portal", required=False, choices=[("", "Todas"), *((c, c.capitalize()) for c in Classe)]
    )
    situacao = forms.ChoiceField(
        label="Situação", required=False, choices=[("", "Todas"), *((s, s.capitalize()) for s in Situacao)]
    )


def _anchors_of(texto: str) -> list[str]:
    try:
        names = needed(parse(texto))
    except ExpressaoInvalida:
        return []
    return sorted(names, key=lambda nome: (list(ANCORAS).index(nome) if nome in ANCORAS else len(ANCORAS), nome))


def _field(nome: str, *, label: str = "", required: bool = True) -> forms.CharField:
    kind, hint = "date", ""
    if nome in MESES | ANO:
        kind, hint = ("month", "Na forma AAAA-MM.") if nome in MESES else ("number", "Na forma AAAA.")
    what = label or f"{nome}: {ANCORAS.get(nome, 'data anunciada pela CCEE')}"
    return forms.CharField(
        label=what,
        max_length=10,
        required=required,
        help_text="" if label else hint,
        widget=forms.TextInput(attrs={"type": kind, "autocomplete": "off"}),
        error_messages={"required": f"Informe {nome} para calcular."},
    )
