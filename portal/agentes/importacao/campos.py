"""What each column may hold: the normalised value, or the fault and what to do about it."""

import re
from collections.abc import Callable

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.agentes.models import Classe, Papel
from portal.kernel.cnpj import CnpjInvalido, compact, normalise
from portal.kernel.text import searchable, visible

LIMITES = {"sigla": 60, "razao_social": 200, "nome": 200, "email": 254, "usuario": 150}
OBRIGATORIO = "está vazio; preencha."


class _Fault(Exception):
    """The words for the person."""


def read_field(name: str, text: str) -> tuple[str, str]:
    """The value and an empty fault, or the text as it was and the fault."""
    try:
        return _READERS[name](text), ""
    except _Fault as fault:
        return text, str(fault)


def _text(limit: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not text:
            raise _Fault(OBRIGATORIO)
        if len(text) > limit:
            raise _Fault(f"tem {len(text)} caracteres; o limite é {limit}.")
        if visible(text, limit) != text:
            raise _Fault(f"tem quebra de linha ou caractere invisível: “{visible(text, 60)}”. Digite de novo o texto.")
        return text

    return read


def _cnpj(text: str) -> str:
    try:
        return normalise(text)
    except CnpjInvalido as error:
        if re.fullmatch(r"[0-9]{9,13}", compact(text), re.ASCII) or re.fullmatch(r"[0-9.,]+E\+?[0-9]+", text):
            hint = " A planilha pode ter tratado o CNPJ como número: formate a coluna como Texto e digite os zeros."
        else:
            hint = ""
        raise _Fault(f"{error.detail}{hint}") from None


def _choice(choices: type[Classe] | type[Papel]) -> Callable[[str], str]:
    accepted = {searchable(text): value for value, label in choices.choices for text in (value, str(label))}

    def read(text: str) -> str:
        value = accepted.get(searchable(text))
        if value is None:
            raise _Fault(f"“{visible(text, 60)}” não existe; use um destes: {', '.join(choices.values)}.")
        return str(value)

    return read


def _usuario(text: str) -> str:
    name = _text(LIMITES["usuario"])(text).lower()
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError:
        raise _Fault(f"“{visible(text, 60)}” só pode ter letras, números e . @ + - _, sem espaços.") from None
    return name


def _email(text: str) -> str:
    address = _text(LIMITES["email"])(text).lower()
    try:
        validate_email(address)
    except ValidationError:
        raise _Fault(f"“{visible(text, 60)}” não é um endereço de e-mail.") from None
    return address


_READERS: dict[str, Callable[[str], str]] = {
    "cnpj": _cnpj,
    "sigla": _text(LIMITES["sigla"]),
    "razao_social": _text(LIMITES["razao_social"]),
    "classe": _choice(Classe),
    "usuario": _usuario,
    "nome": _text(LIMITES["nome"]),
    "email": _email,
    "papel": _choice(Papel),
}
COLUNAS = tuple(_READERS)
