"""Protocol numbers: nobody can guess one, anybody can read one out, and a slip of the pen shows.

`PA-` and twelve characters of Crockford's base 32 (no I, L, O or U): eleven at random (55 bits) and a check character
over GF(32), which notices every wrong character and every swap of two.
"""

import re
import secrets
from collections.abc import Callable

from portal.kernel.errors import DomainError

PREFIXO = "PA"
ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SORTEADOS = 11
_LOOKALIKES = str.maketrans("OIL", "011")
_FIELD = 0b100101  # x^5 + x^2 + 1 makes the 32 values a field, of which 2 generates all but zero


class ProtocoloInvalido(DomainError):
    code, title = "protocolo-invalido", "Número de protocolo inválido"


def new_number(draw: Callable[[int], int] = secrets.randbelow) -> str:
    values = [draw(len(ALFABETO)) for _ in range(SORTEADOS)]
    text = "".join(ALFABETO[value] for value in [*values, _check(values)])
    return f"{PREFIXO}-{text[:4]}-{text[4:8]}-{text[8:]}"


def normalise(typed: str) -> str:
    """The number as it was issued, from what a person typed; raises ProtocoloInvalido."""
    text = re.sub(r"[\s.\-–—]", "", typed[:60]).upper().translate(_LOOKALIKES)
    if len(text) > SORTEADOS + 1:  # the random part may begin with these two letters as well
        text = text.removeprefix(PREFIXO)
    if not re.fullmatch(rf"[{ALFABETO}]{{{SORTEADOS + 1}}}", text):
        raise ProtocoloInvalido(
            f"“{typed[:40]}” não é um número de protocolo. Ele tem a forma PA-XXXX-XXXX-XXXX e está impresso no "
            "protocolo de autenticidade, ao lado do código QR."
        )
    values = [ALFABETO.index(character) for character in text]
    if _check(values[:-1]) != values[-1]:
        raise ProtocoloInvalido(
            f"O número PA-{text[:4]}-{text[4:8]}-{text[8:]} tem um caractere trocado: o dígito verificador não "
            "confere. Compare-o com o protocolo impresso."
        )
    return f"{PREFIXO}-{text[:4]}-{text[4:8]}-{text[8:]}"


def _check(values: list[int]) -> int:
    """Horner's scheme: each place weighs another power of the generator, none of them 0 or 1."""
    total = 0
    for value in values:
        total = _double(total ^ value)
    return total


def _double(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value >= len(ALFABETO) else value
