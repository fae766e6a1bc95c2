"""Limits, severities and roots by date: a future rule set is a row, not a release."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from portal.kernel.rules import Situacao

SHA256_WITH_RSA, SHA512_WITH_RSA = "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.13"

# Only what the house decides can be made softer or harder; what the manual says cannot be waived by a row.
ADJUSTABLE = ("cnpj-do-agente", "chave-reutilizada")

_OID = re.compile(r"[0-2](\.(0|[1-9][0-9]{0,18})){1,20}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NUMBERS = ("rsa_bits", "rsa_exponent_min", "max_dias", "max_certificados")


class SemPolitica(LookupError):
    """No policy of that code or date, in words for the person."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule set, in force from `desde` to `ate`, both included.

    `raizes`: SHA-256 of the roots accepted; empty means every anchor of the trust store. `politicas`: the certificate
    policies of which one is asked for, each with all below it; empty means any below `policy_arc`.
    `varias_empresas`: whether one certificate may serve several companies of one representative (docs/decisions/040).
    """

    codigo: str
    titulo: str
    desde: dt.date
    ate: dt.date | None = None
    rsa_bits: int = 2048
    rsa_exponent_min: int = 65537
    max_dias: int = 395
    assinaturas: tuple[str, ...] = (SHA256_WITH_RSA, SHA512_WITH_RSA)
    max_certificados: int = 2
    policy_arc: str = "2.16.76.1.2"
    severidades: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    raizes: tuple[str, ...] = ()
    politicas: tuple[str, ...] = ()
    varias_empresas: bool = False

    def in_force(self, on: dt.date) -> bool:
        return self.desde <= on and (self.ate is None or on <= self.ate)

    def severity(self, codigo: str) -> Situacao:
        """How grave a breach of an adjustable rule is; a warning unless said otherwise."""
        return Situacao(self.severidades.get(codigo, Situacao.AVISO))

    def to_dict(self) -> dict[str, Any]:
        return {
            **{f.name: getattr(self, f.name) for f in fields(self)},
            "desde": self.desde.isoformat(),
            "ate": self.ate and self.ate.isoformat(),
            "assinaturas": list(self.assinaturas),
            "severidades": dict(self.severidades),
            "raizes": list(self.raizes),
            "politicas": list(self.politicas),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Policy":
        """Read what to_dict() gave, or a TOML table; ValueError says in Portuguese what is wrong."""
        known = {f.name for f in fields(cls)}
        unknown = sorted(set(data) - known)
        if unknown:
            raise ValueError(f"Campo desconhecido na política: {', '.join(map(str, unknown))}.")
        values = {**data, "desde": _date(data, "desde"), "ate": _date(data, "ate")}
        for name in ("assinaturas", "raizes", "politicas"):
            if name in data:
                values[name] = _texts(data, name)
        if "severidades" in data:
            values["severidades"] = _severities(data["severidades"])
        try:
            policy = cls(**values)
        except TypeError:
            raise ValueError("A política precisa de código, título e data de início.") from None
        _check(policy)
        return policy


def policy_at(policies: Iterable[Policy], on: dt.date) -> Policy:
    """The one in force on that day; of several, the one that began last."""
    found = [policy for policy in policies if policy.in_force(on)]
    if not found:
        raise SemPolitica(f"Nenhuma política de certificados está em vigor em {on:%d/%m/%Y}.")
    return max(found, key=lambda policy: policy.desde)


def policy_of(policies: Iterable[Policy], codigo: str) -> Policy:
    found = next((policy for policy in policies if policy.codigo == codigo), None)
    if found is None:
        raise SemPolitica(f"Não existe política de certificados com o código “{codigo}”.")
    return found


def _date(data: Mapping[str, Any], name: str) -> dt.date | None:
    value: Any = data.get(name)
    if value is None and name == "ate":
        return None
    try:
        return value if type(value) is dt.date else dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"“{name}” precisa ser uma data no formato AAAA-MM-DD.") from None


def _texts(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = data[name]
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"“{name}” precisa ser uma lista de textos.")
    return tuple(value)


def _severities(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError("“severidades” precisa ligar códigos de regra a “aviso” ou “falha”.")
    for codigo, severity in value.items():
        if codigo not in ADJUSTABLE:
            raise ValueError(f"A severidade da regra “{codigo}” não pode ser alterada.")
        if severity not in (Situacao.AVISO, Situacao.FALHA):
            raise ValueError(f"A severidade da regra “{codigo}” precisa ser “aviso” ou “falha”.")
    return MappingProxyType({str(codigo): str(severity) for codigo, severity in value.items()})


def _check(policy: Policy) -> None:
    for name in ("codigo", "titulo"):
        text = getattr(policy, name)
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"“{name}” precisa ser um texto.")
    for name in _NUMBERS:
        number = getattr(policy, name)
        if type(number) is not int or number < 1:
            raise ValueError(f"“{name}” precisa ser um número inteiro maior que zero.")
    _check_lists(policy)
    if type(policy.varias_empresas) is not bool:
        raise ValueError("“varias_empresas” precisa ser true ou false.")
    if policy.ate is not None and policy.ate < policy.desde:
        raise ValueError("A política termina antes de começar.")


def _check_lists(policy: Policy) -> None:
    if not policy.assinaturas:
        raise ValueError("“assinaturas” não pode ficar vazia: nenhum certificado seria aceito.")
    for oid in (*policy.assinaturas, policy.policy_arc, *policy.politicas):
        if not _OID.fullmatch(str(oid)):
            raise ValueError(f"“{oid}” não é um identificador de objeto (OID).")
    for raiz in policy.raizes:
        if not _SHA256.fullmatch(raiz):
            raise ValueError(f"“{raiz}” não é um SHA-256 em hexadecimal.")


BUILTIN: tuple[Policy, ...] = (
    Policy("ccee-2022-12", "Manual de adesão e atualização, versão 2.0, de 07/12/2022", dt.date(2022, 12, 7)),
)
