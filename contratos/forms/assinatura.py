"""A document that comes back signed, by certificate or, in an outage, on paper."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from contratos.models import Indisponibilidade, Signatario


class AssinaturaForm(forms.Form):
    arquivo = forms.FileField(
        label="Documento assinado",
        allow_empty_file=True,  # what is wrong with a file the signature's examination says
        help_text="O PDF que o portal emitiu, com a assinatura ICP-Brasil (PAdES), ou a assinatura destacada (.p7s).",
        widget=forms.FileInput(attrs={"accept": ".pdf,.p7s,application/pdf,application/pkcs7-signature"}),
        error_messages={"required": "Escolha o arquivo assinado antes de enviar."},
    )


class PapelForm(forms.Form):
    """Whether there was an outage then, and whether a notary recognised the signature, the service says."""

    signatario = forms.ModelChoiceField(label="Quem assinou", queryset=Signatario.objects.none())
    indisponibilidade = forms.ModelChoiceField(
        label="Indisponibilidade do sistema",
        queryset=Indisponibilidade.objects.none(),
        empty_label="Nenhuma registrada",
        error_messages={"required": "Sem uma indisponibilidade registrada pela CCEE a assinatura é digital (3.13.1)."},
    )
    assinado_em = forms.DateTimeField(
        label="Assinado em",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    cartorio = forms.CharField(label="Cartório que reconheceu a firma", max_length=200, required=False)
    arquivo = forms.FileField(
        label="Documento digitalizado",
        help_text="O documento assinado, com a firma reconhecida, em PDF.",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": "Escolha o arquivo digitalizado."},
    )

    def __init__(self, signatarios: QuerySet[Signatario], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signatario"].queryset = signatarios  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["indisponibilidade"].queryset = Indisponibilidade.objects.all()  # type: ignore[attr-defined]  # as above

    def clean_arquivo(self) -> Any:
        arquivo = self.cleaned_data["arquivo"]
        if not arquivo.content.startswith(b"%PDF-"):
            raise forms.ValidationError("Este arquivo não é um PDF. Digitalize o documento em PDF e envie de novo.")
        return arquivo
