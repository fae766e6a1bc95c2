"""Transport only: what came is well-formed. Whether it will do, the services say."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from adesao.domain.senha import DICA
from adesao.selectors import CAMPOS
from certificados.models import Certificado
from certificados.selectors import STATUS

JA_SAIU = "Um dos certificados marcados já não está em uso. Confira a lista."


class PaginaForm(forms.Form):
    pagina = forms.IntegerField(min_value=1, max_value=100_000, required=False, widget=forms.HiddenInput)

    def numero(self) -> int:
        """Page 1 where the address asks for nonsense."""
        return (self.cleaned_data.get("pagina") if self.is_valid() else None) or 1


class FiltroForm(PaginaForm):
    por = forms.ChoiceField(label="Buscar por", choices=list(CAMPOS.items()), required=False)
    texto = forms.CharField(
        label="Sigla, CNPJ ou razão social",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Ex.: SERRA AZUL ou 12.ABC.345/01DE-35", "autocomplete": "off"}),
    )
    status = forms.ChoiceField(label="Status", choices=[("", "Todos"), *STATUS.items()], required=False)

    def filtro(self) -> tuple[int, str, str, str]:
        """Page, column, text and status; what was malformed counts as not given and is told next to its field."""
        numero, data = self.numero(), self.cleaned_data
        return numero, data.get("por", ""), data.get("texto", ""), data.get("status", "")


class EmpresaForm(forms.Form):
    por = forms.ChoiceField(label="Buscar por", choices=[("sigla", "Sigla"), ("cnpj", "CNPJ")], initial="sigla")
    empresa = forms.CharField(
        label="Sigla ou CNPJ da empresa",
        max_length=200,
        widget=forms.TextInput(attrs={"list": "siglas", "autocomplete": "off"}),
        error_messages={"required": "Digite a sigla ou o CNPJ da empresa."},
    )


class SolicitacaoForm(forms.Form):
    """`certificados`: those in service, which alone can be marked for exclusion."""

    senha = forms.CharField(
        label="Nova senha",
        required=False,
        strip=False,
        max_length=200,
        help_text=DICA,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "new-password"}),
    )
    atualizar_senha = forms.ChoiceField(choices=[("nao", "Não"), ("sim", "Sim")], required=False)
    excluir = forms.ModelMultipleChoiceField(
        Certificado.objects.none(),
        required=False,
        error_messages={"invalid_choice": JA_SAIU, "invalid_pk_value": JA_SAIU},
    )
    solicitacao = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    certificado = forms.ModelChoiceField(Certificado.objects.none(), required=False)

    def __init__(self, *args: Any, certificados: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("excluir", "certificado"):
            self.fields[name].queryset = certificados  # type: ignore[attr-defined]  # both choose from a queryset

    def chosen(self, anexo_id: int) -> Certificado | None:
        """Which certificate gives its place to that file: each has its own list; `certificado` serves for any."""
        field = self.fields["certificado"]
        value = self.data.get(f"certificado-{anexo_id}") or self.data.get("certificado")
        try:
            found: Certificado | None = field.clean(value)
        except forms.ValidationError:
            return None
        return found

    def arquivos(self) -> list[tuple[str, bytes]]:
        files: MultiValueDict[str, UploadedFile] = self.files
        return [(arquivo.name or "", _content(arquivo)) for arquivo in files.getlist("arquivos")]


def _content(arquivo: UploadedFile) -> bytes:
    """The first 64 KiB and a byte more at most (portal.uploads): enough to see that it is too big."""
    data: bytes = arquivo.content  # type: ignore[attr-defined]  # portal.uploads.BoundedUpload
    return data
