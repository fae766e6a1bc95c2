"""A future rule set as a TOML file, and when a certificate would come under it."""

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from certificados.domain.policy import BUILTIN, Policy
from certificados.domain.rules.base import SAO_PAULO
from portal.kernel.rules import Resultado
from portal.kernel.text import visible

LIMITE = 64 * 1024  # bytes
PROPRIOS = ("codigo", "titulo", "desde")  # what a rule set cannot take from the one it is based on
CHAVES = tuple(f.name for f in fields(Policy))

_CODIGO = re.compile(r"[-a-zA-Z0-9_]{1,40}", re.ASCII)
_ONDE = re.compile(r"line (\d+), column (\d+)")


class PoliticaRuim(ValueError):
    """`problemas`: one Portuguese sentence for each thing that is wrong."""

    def __init__(self, *problemas: str) -> None:
        super().__init__(" ".join(problemas))
        self.problemas = problemas


@dataclass(frozen=True, slots=True)
class Reprovado:
    """A certificate in service that the rule set would not take. `desde`: the instant from which."""

    pk: int
    arquivo: str
    sha256: str
    valid_until: dt.datetime
    desde: dt.datetime
    falhas: tuple[Resultado, ...]


def read_policy(data: bytes, base_of: Callable[[str], Policy]) -> Policy:
    """A whole rule set, or `base = "code"` and what changes; raises PoliticaRuim with all that is wrong at once.

    `base_of` finds a rule set by its code and raises LookupError or ValueError in words.
    """
    given = dict(_table(data))
    base = _base(given.pop("base", None), base_of) if "base" in given else None
    start = base.to_dict() if base else {}
    wrong = list(_problems(given, base or BUILTIN[0]))
    if wrong:
        raise PoliticaRuim(*wrong)
    inherited = {name: value for name, value in start.items() if name not in (*PROPRIOS, "ate")}
    try:
        return Policy.from_dict({**inherited, **given})
    except ValueError as error:
        raise PoliticaRuim(str(error)) from None


def _table(data: bytes) -> Mapping[str, Any]:
    if len(data) > LIMITE:
        raise PoliticaRuim(f"O arquivo passa de {LIMITE // 1024} KiB: não é uma política.")
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise PoliticaRuim("O arquivo não é texto em UTF-8.") from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
        where = _ONDE.search(str(error))
        place = f" (linha {where[1]}, coluna {where[2]})" if where else ""
        raise PoliticaRuim(f"O arquivo não é TOML válido{place}.") from None


def _base(codigo: object, base_of: Callable[[str], Policy]) -> Policy:
    if not isinstance(codigo, str):
        raise PoliticaRuim("“base” precisa ser o código de uma política, entre aspas.")
    try:
        return base_of(codigo)
    except LookupError as error:
        raise PoliticaRuim(f"“base”: {error}") from None


def _problems(given: Mapping[str, Any], sample: Policy) -> Iterator[str]:
    """Each key on its own, within a rule set that is known to be good."""
    missing = [name for name in PROPRIOS if name not in given]
    if missing:
        yield f"Falta {', '.join(f'“{name}”' for name in missing)}: o que a política nova não herda."
    good = {**sample.to_dict(), "desde": dt.date.min.isoformat(), "ate": None}
    for name, value in given.items():
        if name not in CHAVES:
            yield f"“{visible(name, 60)}” não é uma chave de política. As que existem: base, {', '.join(CHAVES)}."
            continue
        try:
            Policy.from_dict({**good, name: value})
        except ValueError as error:
            text = visible(str(error), 200)
            yield text if f"“{name}”" in text else f"“{name}”: {text}"
    codigo = given.get("codigo")
    if isinstance(codigo, str) and codigo.strip() and not _CODIGO.fullmatch(codigo):
        yield "“codigo” precisa ter de 1 a 40 letras sem acento, números, hifens ou sublinhados."
    if isinstance(titulo := given.get("titulo"), str) and len(titulo) > 200:
        yield "“titulo” pode ter até 200 letras."


@dataclass(frozen=True, slots=True)
class Periodo:
    """[inicio, fim): while the rule set would judge; no end: until another takes its place."""

    inicio: dt.datetime
    fim: dt.datetime | None

    @classmethod
    def of(cls, policy: Policy, *, now: dt.datetime, em: dt.date | None = None) -> "Periodo":
        """From its first day, or from `em`, and never before now. Raises PoliticaRuim where nothing of it is left."""
        first = midnight(em or policy.desde)
        last = midnight(policy.ate + dt.timedelta(days=1)) if policy.ate and policy.ate < dt.date.max else None
        if em is not None and not policy.in_force(em):
            raise PoliticaRuim(f"A política não vale em {em:%d/%m/%Y}: escolha um dia entre o início e o fim dela.")
        start = max(first, now)
        if last is not None and start >= last:
            raise PoliticaRuim(f"A política já terminou, em {policy.ate:%d/%m/%Y}: não há o que simular.")
        return cls(start, last)

    def moment(self, valid_from: dt.datetime) -> dt.datetime:
        """When a certificate first comes under it; one that is not valid yet, when it begins to be."""
        return max(self.inicio, valid_from)


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), SAO_PAULO)
