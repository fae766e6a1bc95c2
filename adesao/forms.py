"""Transport only: what came is well-formed. Whether it will do, the services say."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from adesao.domain.lote import MAXIMO, ListaRuim, read_list
from adesao.domain.senha import DICA
from adesao.prontas import Candidata
from adesao.selectors import CAMPOS
from certificados.models import Certificado
from certificados.selectors import STATUS
from portal.kernel.errors import DomainError

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


class VariasForm(forms.Form):
    """Which companies, by ticks or by a list; and one password for those that lack nothing else."""

    lista = forms.CharField(
        label="CNPJ ou sigla, um por linha",
        required=False,
        max_length=64 * 1024,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="Pode colar uma planilha: vale a primeira coluna. Nunca inclua senhas.",
    )
    arquivo = forms.FileField(
        label="ou um arquivo .csv",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )
    senha = forms.CharField(
        label="Senha para as que ainda não têm",
        required=False,
        strip=False,
        max_length=200,
        help_text=f"{DICA} A mesma para todas as marcadas sem senha; as outras ficam com a sua.",
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, candidatas: list[Candidata], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidatas = candidatas
        self.cells: list[tuple[int, str]] = []

    @property
    def conclui(self) -> bool:
        """The button that concludes; the other one only looks at the list."""
        return self.data.get("acao") == "concluir"

    def ticked(self) -> set[int]:
        """What was ticked; at first everything that can be."""
        possible = {one.agente.pk for one in self.candidatas if one.marcavel}
        if not (self.is_bound and self.conclui):
            return {one.agente.pk for one in self.candidatas if one.pronta}
        return ids(cast(QueryDict, self.data).getlist("empresa")) & possible

    @property
    def chosen(self) -> list[Candidata]:
        ticked = self.ticked()
        return [one for one in self.candidatas if one.agente.pk in ticked][:MAXIMO]

    def clean(self) -> dict[str, Any]:
        arquivo = self.cleaned_data.get("arquivo")
        text = _text(_content(arquivo)) if arquivo else self.cleaned_data.get("lista", "")
        try:
            self.cells = read_list(text)
        except ListaRuim as error:
            self.add_error("lista", str(error))
        if self.conclui and not self.chosen:
            self.add_error(None, "Marque ao menos uma empresa.")
        if self.conclui and not self.cleaned_data.get("senha") and any(one.so_senha for one in self.chosen):
            self.add_error("senha", "Falta a senha de alguma das empresas marcadas: digite-a ou desmarque a empresa.")
        return self.cleaned_data

    def tell(self, refusal: DomainError) -> None:
        """A refusal of the services beside its field."""
        for field, messages in (refusal.erros or {"": [refusal.detail]}).items():
            self.add_error(field if field in self.fields else None, messages)


def ids(sent: Iterable[str]) -> set[int]:
    """The keys among what ticked boxes sent."""
    return {int(pk) for pk in sent if pk.isascii() and pk.isdecimal() and len(pk) < 19}


def _text(data: bytes) -> str:
    """A spreadsheet in Brazil saves UTF-8 or the old Windows page."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
