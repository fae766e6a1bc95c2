"""The hours of a month of a contract, as they are written: proposed, and final once (3.60, 3.61, 3.78.1, 3.78.2)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from contratos import modulacao
from contratos.domain.sazonalizacao import Calculo
from contratos.models import Fluxo, Modulacao
from contratos.services.trilha import note
from portal.kernel.errors import Conflict

Situacao = Modulacao.Situacao
DO_MES = "do mês"


def propose(
    fluxo: Fluxo, horas: Sequence[Decimal], calculo: Calculo, *, entrada: Mapping[str, Any], by: str, now: datetime
) -> Modulacao:
    """Inside an act. Waits for the other side."""
    _require_none(fluxo)
    return Modulacao.objects.create(
        situacao=Situacao.PROPOSTA.value, **_told(fluxo, horas, calculo, entrada), sent_at=now, sent_by=by
    )


def settle(proposta: Modulacao, *, by: str, now: datetime) -> None:
    """Inside an act. From here on these are the month's hours."""
    proposta.situacao, proposta.final_at = Situacao.FINAL.value, now
    proposta.save(update_fields=["situacao", "final_at"])
    _note_final(proposta, by=by, now=now)


def calculated(
    fluxo: Fluxo, horas: Sequence[Decimal], calculo: Calculo, *, entrada: Mapping[str, Any], by: str, now: datetime
) -> Modulacao:
    """Inside an act: final at once."""
    _require_none(fluxo)
    row = Modulacao.objects.create(
        situacao=Situacao.FINAL.value, **_told(fluxo, horas, calculo, entrada), sent_at=now, sent_by=by, final_at=now
    )
    _note_final(row, by=by, now=now)
    return row


def name_month(fluxo: Fluxo) -> None:
    """Inside an act. Whoever reads of an activity reads which month it is about."""
    for row in fluxo.atividades.filter(closed_at=None, nome__contains=DO_MES):
        row.nome = row.nome.replace(DO_MES, f"de {modulacao.month_of(fluxo):%m/%Y}")
        row.save(update_fields=["nome"])


def summary(row: Modulacao) -> dict[str, str]:
    """What the ledger keeps of so many numbers: which month, their sum, and a digest to tell them by."""
    digest = sha256(",".join(map(str, row.horas)).encode()).hexdigest()
    energia = f"{sum(modulacao.hours(row), Decimal(0)):f}"
    return {"mes": f"{row.mes:%m/%Y}", "energia_mwh": energia, "calculo": row.calculo, "sha256": digest}


def _told(fluxo: Fluxo, horas: Sequence[Decimal], calculo: Calculo, entrada: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "contrato": fluxo.contrato,
        "fluxo": fluxo,
        "mes": modulacao.month_of(fluxo),
        "origem": calculo.origem.value,
        "calculo": str(calculo),
        "entrada": dict(entrada),
        "horas": modulacao.as_kept(horas),
    }


def _require_none(fluxo: Fluxo) -> None:
    done = modulacao.final(fluxo.contrato, modulacao.month_of(fluxo))
    if done is not None and done.final_at is not None:
        raise Conflict(
            f"Cláusula 3.60: {done.mes:%m/%Y} já está modulado neste contrato ({done.get_origem_display().lower()}). "
            "A modulação do mês é feita uma vez só."
        )


def _note_final(row: Modulacao, *, by: str, now: datetime) -> None:
    note(row.contrato, "modulado", by=by, now=now, **summary(row))
