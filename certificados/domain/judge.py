"""Judging is not storing: whoever stores, judges again."""

import datetime as dt

from certificados.domain.facts import Facts
from certificados.domain.policy import Policy
from certificados.domain.report import Relatorio, file_name
from certificados.domain.rules import RULES
from certificados.domain.rules.base import Contexto, Upload
from portal.icp.domain.trust import TrustStore
from portal.kernel.rules import examine

__all__ = ["Contexto", "judge"]


def judge(
    facts: Facts,
    *,
    arquivo: str,
    at: dt.datetime,
    policy: Policy,
    trust: TrustStore,
    contexto: Contexto | None = None,
) -> Relatorio:
    """Examine one file at one instant (`at` aware); never raises on what the file holds."""
    if at.tzinfo is None:
        raise ValueError("`at` must be aware")
    upload = Upload(facts, at, policy, trust, contexto or Contexto())
    return Relatorio(file_name(arquivo), facts, policy.codigo, examine(upload, RULES))
