"""CNPJ of 14 positions, alphanumeric since July 2026 (IN RFB 2.229/2024). Stored upper case, without mask."""

import re

from stdnum.br import cnpj as stdnum_cnpj

from portal.kernel.errors import DomainError

SHAPE = re.compile(r"[0-9A-Z]{12}[0-9]{2}", re.ASCII)


class CnpjInvalido(DomainError):
    code, title = "cnpj-invalido", "CNPJ inválido"


def compact(text: str) -> str:
    """Upper case without the mask's punctuation and spaces; does not judge what is left."""
    return re.sub(r"[\s./-]", "", text).upper()


def is_valid(text: str) -> bool:
    """True for 14 upper-case positions with right check digits (never all zeros)."""
    return bool(SHAPE.fullmatch(text)) and text != "0" * 14 and stdnum_cnpj.calc_check_digits(text[:12]) == text[12:]


def normalise(text: str) -> str:
    """The stored form of a typed CNPJ, or CnpjInvalido that says what is wrong with it."""
    cnpj = compact(text)
    if not SHAPE.fullmatch(cnpj):
        raise CnpjInvalido(
            f"“{text[:40]}” não é um CNPJ: são 14 posições, letras ou números nas 12 primeiras e números nas "
            "2 últimas, como 12.ABC.345/01DE-35."
        )
    if not is_valid(cnpj):
        raise CnpjInvalido(f"Os dígitos verificadores do CNPJ {mask(cnpj)} não conferem. Confira o número digitado.")
    return cnpj


def mask(cnpj: str) -> str:
    """12.ABC.345/01DE-35; anything that is not 14 long comes back as it was."""
    if len(cnpj) != 14:
        return cnpj
    return f"{cnpj[:2]}.{cnpj[2:5]}.{cnpj[5:8]}/{cnpj[8:12]}-{cnpj[12:]}"


def same_company(one: str, other: str) -> bool:
    """Two establishments of one company share the first 8 positions."""
    return one[:8] == other[:8]
