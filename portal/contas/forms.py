from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.contas.pedidos import Arquivos, Pessoa

ACEITA = {"accept": ".cer,.crt,.der,.pem"}


class ParForm(forms.Form):
    """The public parts of a pair."""

    assinatura = forms.FileField(
        label=_("Certificado de assinatura"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs=ACEITA),
        help_text=_("Só a parte pública: .cer, .crt ou .pem."),
    )
    cifra = forms.FileField(
        label=_("Certificado de cifra"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs=ACEITA),
        help_text=_("Deixe em branco se o mesmo certificado serve para os dois usos."),
    )

    @property
    def arquivos(self) -> Arquivos:
        sent = {name: (each.name, each.content) for name, each in self.cleaned_data.items() if each and name in USOS}
        return Arquivos(sent["assinatura"], sent.get("cifra"))


USOS = ("assinatura", "cifra")


class PessoaForm(forms.Form):
    username = forms.SlugField(label=_("Usuário"), max_length=150, help_text=_("Letras sem acento, números e hífen."))
    nome = forms.CharField(label=_("Nome completo"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), help_text=_("Para onde vai o convite para escolher a senha."))

    @property
    def pessoa(self) -> Pessoa:
        return Pessoa(*(self.cleaned_data[name] for name in ("username", "nome", "email")))


class ContaForm(PessoaForm):
    administra = forms.BooleanField(label=_("Administra as contas e os certificados da empresa"), required=False)


class EmpresaForm(PessoaForm, ParForm):
    """A new company: who it is, its first administrator, and the first pair."""

    registro = forms.CharField(label=_("Número de registro"), max_length=20)
    razao = forms.CharField(label=_("Nome da empresa"), max_length=200)
    produtor = forms.BooleanField(label=_("Produtor de fontes apoiadas (POZE), pelo formulário"), required=False)

    field_order = ("registro", "razao", "produtor", "username", "nome", "email", "assinatura", "cifra")

    @property
    def empresa(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {"registro": typed["registro"], "nome": typed["razao"], "produtor": typed["produtor"]}
