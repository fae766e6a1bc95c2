"""allauth's sign-in form in the words of this portal."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm


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
