"""allauth's forms in the words of this portal."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, senha = self.fields["login"], self.fields["password"]
        login.label, senha.label = "Usuário ou e-mail", "Senha"
        login.max_length = 254
        login.widget.attrs |= {"autocomplete": "username webauthn", "autocapitalize": "none", "maxlength": "254"}
        senha.help_text = ""
        for field in (login, senha):
            field.widget.attrs.pop("placeholder", None)


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nome desta chave"
        sem_senha = self.fields["passwordless"]
        sem_senha.label, sem_senha.initial = "Entrar sem senha com esta chave", True
        sem_senha.help_text = "A chave pede então a impressão digital, o rosto ou um PIN."


class EditKeyForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nome desta chave"
