"""A document that comes back signed."""

from django import forms


class AssinaturaForm(forms.Form):
    arquivo = forms.FileField(
        label="Documento assinado",
        allow_empty_file=True,  # what is wrong with a file the signature's examination says
        help_text="O PDF que o portal emitiu, com a assinatura ICP-Brasil (PAdES), ou a assinatura destacada (.p7s).",
        widget=forms.FileInput(attrs={"accept": ".pdf,.p7s,application/pdf,application/pkcs7-signature"}),
        error_messages={"required": "Escolha o arquivo assinado antes de enviar."},
    )
