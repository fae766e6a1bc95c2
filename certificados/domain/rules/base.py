"""What a rule of certificates looks at, and the words for its answers."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from certificados.domain.facts import Facts
from certificados.domain.policy import Policy
from portal.icp.domain.trust import TrustStore
from portal.kernel.rules import Finding, Rule, Situacao

MANUAL = "Manual v2.0, p. 3"
CASA = "Regra da casa"

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


@dataclass(frozen=True, slots=True)
class Contexto:
    """What only the platform knows; None leaves the rule that needs it unexamined."""

    agente_cnpj: str | None = None
    subject_em_uso: bool | None = None
    ativos_depois: int | None = None
    chave_ja_usada: bool | None = None
    compartilhado: bool = False  # this very certificate serves another company of whoever sends it, as the policy lets


@dataclass(frozen=True, slots=True)
class Upload:
    """One file at one instant (`at` aware) under one policy."""

    facts: Facts
    at: dt.datetime
    policy: Policy
    trust: TrustStore
    contexto: Contexto


Check = Callable[[Upload], Finding]
RuleOfUpload = Rule[Upload]


def ok(encontrado: str) -> Finding:
    return Finding(Situacao.OK, encontrado)


def falha(encontrado: str, como_resolver: str = "") -> Finding:
    return Finding(Situacao.FALHA, encontrado, como_resolver)


def aviso(encontrado: str, como_resolver: str = "") -> Finding:
    return Finding(Situacao.AVISO, encontrado, como_resolver)


def nao_avaliada(encontrado: str) -> Finding:
    return Finding(Situacao.NAO_AVALIADA, encontrado)


def of_certificate(check: Check) -> Check:
    """Examine only where there is a certificate; the file's own rule has already said what is wrong."""

    def guarded(upload: Upload) -> Finding:
        if not upload.facts.legivel:
            return nao_avaliada("Nenhum certificado pôde ser lido deste arquivo.")
        return check(upload)

    return guarded


def moment(instant: dt.datetime) -> str:
    """dd/mm/aaaa HH:MM in São Paulo."""
    local = instant.astimezone(SAO_PAULO)
    return f"{local.day:02d}/{local.month:02d}/{local.year} {local.hour:02d}:{local.minute:02d}"
