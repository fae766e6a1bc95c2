"""A set of milestones as a table of fields: one row each, and some empty ones to add more."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from contratos.domain.procedimentos import RESPONSAVEIS, Responsavel
from contratos.domain.procedimentos.marcos import TIPOS, TOTAL_DU, Marco, Tipo
from contratos.models import Leilao

VAZIAS = 3  # rows to add
CODIGO = re.compile(r"[A-Z][A-Za-z0-9]{0,11}")


class MarcoForm(forms.Form):
    codigo = forms.RegexField(
        CODIGO, label="Código", max_length=12, required=False,
        error_messages={"invalid": "Comece por letra maiúscula; só letras e algarismos."},
    )  # fmt: skip
    nome = forms.CharField(label="Marco", max_length=120, required=False)
    tipo = forms.ChoiceField(
        label="Tipo", choices=[*((t.value, TIPOS[t]) for t in TIPOS), (Tipo.OUTRO.value, "outro")], required=False
    )
    responsavel = forms.ChoiceField(
        label="Responsável",
        choices=[(r.value, RESPONSAVEIS[r]) for r in (Responsavel.CCEE, Responsavel.VENDEDOR, Responsavel.COMPRADOR)],
        required=False,
    )
    ate_du = forms.IntegerField(label="Até o dia útil nº", min_value=1, required=False)
    depois = forms.CharField(label="Depois de", max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """A row without code and name is left out; any other is whole."""
        data = self.cleaned_data
        if not self.is_blank():
            for name in ("codigo", "nome", "ate_du"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "Preencha este campo, ou apague a linha inteira.")
        return data

    def is_blank(self) -> bool:
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in ("codigo", "nome", "ate_du"))

    def marco(self) -> Marco:
        data = self.cleaned_data
        after = tuple(codigo for codigo in re.split(r"[\s,;]+", data["depois"]) if codigo)
        tipo, responsavel = Tipo(data["tipo"] or Tipo.OUTRO), Responsavel(data["responsavel"] or Responsavel.CCEE)
        return Marco(data["codigo"], data["nome"], tipo, responsavel, data["ate_du"], after)


LinhasDeMarcos = forms.formset_factory(MarcoForm, extra=VAZIAS, max_num=TOTAL_DU * 2, absolute_max=TOTAL_DU * 2)


class MarcosForm(forms.Form):
    leilao = forms.ModelChoiceField(
        label="Vale para",
        queryset=Leilao.objects.all(),
        required=False,
        empty_label="todos os leilões sem conjunto próprio",
    )

    def __init__(self, posted: Mapping[str, Any] | None, *, marcos: Iterable[Marco]) -> None:
        super().__init__(posted)
        self.linhas = LinhasDeMarcos(posted, prefix="m", initial=[_initial(marco) for marco in marcos])
        self.recusas: list[str] = []  # those that belong to no row

    def is_valid(self) -> bool:
        return bool(super().is_valid() and self.linhas.is_valid() and not self.recusas)

    def marcos(self) -> tuple[Marco, ...]:
        return tuple(linha.marco() for linha in self.linhas if not linha.is_blank())

    def tell(self, texts: Iterable[str]) -> None:
        """A refusal begins with the code of its row; the others stand above the table."""
        rows = {linha.cleaned_data["codigo"]: linha for linha in self.linhas if not linha.is_blank()}
        for text in texts:
            row = rows.get(text.partition(" ")[0])
            if row is None:
                self.recusas.append(text)
            else:
                row.add_error("ate_du" if "(3.11)" in text else "codigo" if "vezes" in text else "depois", text)


def _initial(marco: Marco) -> dict[str, Any]:
    return {
        "codigo": marco.codigo,
        "nome": marco.nome,
        "tipo": marco.tipo.value,
        "responsavel": marco.responsavel.value,
        "ate_du": marco.ate_du,
        "depois": ", ".join(marco.depois),
    }
