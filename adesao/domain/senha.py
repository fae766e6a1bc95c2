"""The system user's password: exactly 8 ASCII digits (manual, page 12; docs/decisions/001). Pure."""

import re
from dataclasses import dataclass
from datetime import date

DICA = "Exatamente 8 números, de 0 a 9. Sem letras, espaços ou símbolos."
RUNS = "01234567890123456789"


@dataclass(frozen=True, slots=True)
class Exame:
    """`erros` refuse the password; `avisos` are told and let it pass. Neither repeats what was typed."""

    erros: tuple[str, ...] = ()
    avisos: tuple[str, ...] = ()


def examine(senha: str, *, cnpj: str) -> Exame:
    """Judge a password for the Agente of that CNPJ (14 positions, no mask)."""
    if not re.fullmatch(r"[0-9]{8}", senha, re.ASCII):
        return Exame(erros=(_shape(senha),))
    erros = [reason for broken, reason in _weaknesses(senha, cnpj) if broken]
    avisos = (
        ["A senha parece uma data. É aceita, mas datas são as primeiras que alguém tenta."] if _is_date(senha) else []
    )
    return Exame(tuple(erros), tuple(avisos))


def _shape(senha: str) -> str:
    digits = sum(c in "0123456789" for c in senha)
    if len(senha) == digits:
        found = f"foram digitados {digits}"
    else:
        found = f"foram digitados {len(senha)} caracteres, dos quais {digits} são números"
    return f"A senha deve ter exatamente 8 números; {found}."


def _weaknesses(senha: str, cnpj: str) -> list[tuple[bool, str]]:
    return [
        (len(set(senha)) == 1, "Os 8 números são iguais. Escolha números variados."),
        (senha in RUNS, "Os números estão em sequência crescente. Escolha números sem ordem."),
        (senha in RUNS[::-1], "Os números estão em sequência decrescente. Escolha números sem ordem."),
        (
            senha in (cnpj[:8], cnpj[-8:]),
            "A senha é uma parte do CNPJ da empresa, que é público. Escolha outra.",
        ),
    ]


def _is_date(senha: str) -> bool:
    """ddmmaaaa, mmddaaaa or aaaammdd, from 1900 to 2100."""
    orders = (
        (senha[4:], senha[2:4], senha[:2]),
        (senha[4:], senha[:2], senha[2:4]),
        (senha[:4], senha[4:6], senha[6:]),
    )
    return any(_exists(*order) for order in orders)


def _exists(year: str, month: str, day: str) -> bool:
    try:
        return 1900 <= date(int(year), int(month), int(day)).year <= 2100
    except ValueError:
        return False
