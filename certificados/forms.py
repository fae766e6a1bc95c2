"""A rule set given as TOML, pasted or as a file."""

from typing import Any

from django import forms

from certificados import simulacao
from certificados.domain.simulacao import LIMITE

ONDE = "Cole o texto da política ou escolha um arquivo .toml."
AJUDA = (
    "TOML. Uma política inteira, ou “base” com o código de uma cadastrada e só o que muda. “codigo”, “titulo” e "
    "“desde” são sempre próprios. Há um exemplo em deploy/politicas/ae-s-ae-h.toml."
)


class PoliticaTomlForm(forms.Form):
    """Once it is valid: `policy`, and `texto`, to be sent again with the next step."""

    toml = forms.CharField(
        label="Política",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "politica curta", "spellcheck": "false", "rows": 10}),
        help_text=AJUDA,
    )
    arquivo = forms.FileField(
        label="Arquivo", required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".toml"})
    )

    def clean(self) -> dict[str, Any]:
        arquivo = self.cleaned_data.get("arquivo")
        data = arquivo.read(LIMITE + 1) if arquivo else self.cleaned_data.get("toml", "").encode()
        if not data.strip():
            raise forms.ValidationError(ONDE)
        try:
            self.policy = simulacao.from_toml(data)
        except simulacao.PoliticaRuim as error:
            raise forms.ValidationError(list(error.problemas)) from error
        self.texto = data.decode("utf-8-sig")
        return self.cleaned_data
