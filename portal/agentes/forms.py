"""allauth's forms in the words of this portal, and deaf to forged passkeys."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

NOT_RECOGNISED = "A chave não foi reconhecida. Tente de novo ou use outro meio de entrar."


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, senha = self.fields["login"], self.fields["password"]
        login.label, senha.label = _("Usuário ou e-mail"), _("Senha")
        login.max_length = 254
        login.widget.attrs |= {"autocomplete": "username webauthn", "autocapitalize": "none", "maxlength": "254"}
        senha.help_text = ""
        for field in (login, senha):
            field.widget.attrs.pop("placeholder", None)


class LoginKeyForm(webauthn.LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def clean_credential(self) -> Any:
        return _or_refused(super().clean_credential)


class SecondFactorKeyForm(webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def clean_credential(self) -> Any:
        return _or_refused(super().clean_credential)


class ConfirmKeyForm(webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def clean_credential(self) -> Any:
        return _or_refused(super().clean_credential)


class AddKeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nome desta chave"
        sem_senha = self.fields["passwordless"]
        sem_senha.label, sem_senha.initial = "Entrar sem senha com esta chave", True
        sem_senha.help_text = "A chave pede então a impressão digital, o rosto ou um PIN."

    def clean(self) -> Any:
        return _or_refused(super().clean)


class EditKeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nome desta chave"


def _or_refused(clean: Callable[[], Any]) -> Any:
    """allauth lets what its WebAuthn library raises on a malformed answer through, as a failure of ours."""
    try:
        return clean()
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValidationError(NOT_RECOGNISED) from error
