"""Numbers by which a market knows a company."""

import re

_ICO = re.compile(r"[0-9]{8}", re.ASCII)


def compact(text: str) -> str:
    return re.sub(r"[\s./-]", "", text).upper()


def is_ico(text: str) -> bool:
    """The Czech IČO: eight digits, the last one a check digit of weights 8 to 2, modulo 11."""
    if not _ICO.fullmatch(text):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, range(8, 1, -1), strict=False))
    return int(text[7]) == (11 - total % 11) % 10
