"""The months of a year of a contract, as they are written: proposed, and final once (3.48, 3.55)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contratos import montantes
from contratos.domain.sazonalizacao import Calculo
from contratos.models import Contrato, Fluxo, MontanteDoMes, Sazonalizacao
from contratos.services.trilha import note
from portal.kernel.errors import Conflict

Situacao = Sazonalizacao.Situacao
Meses = Mapping[date, Decimal]


def propose(
    fluxo: Fluxo, ano: int, meses: Meses, calculo: Calculo, *, entrada: Mapping[str, Any], by: str, now: datetime
) -> Sazonalizacao:
    """Inside an act. Waits for the other side."""
    _require_none(fluxo.contrato, ano)
    return Sazonalizacao.objects.create(
        contrato=fluxo.contrato, fluxo=fluxo, situacao=Situacao.PROPOSTA.value, **_told(ano, meses, calculo),
        entrada=dict(entrada), sent_at=now, sent_by=by,
    )  # fmt: skip


def settle(proposta: Sazonalizacao, *, by: str, now: datetime) -> None:
    """Inside an act. From here on it is the contract's energy."""
    proposta.situacao, proposta.final_at = Situacao.FINAL.value, now
    proposta.save(update_fields=["situacao", "final_at"])
    _count(proposta.contrato, proposta, by=by, now=now)


def calculated(
    contrato: Contrato,
    ano: int,
    meses: Meses,
    calculo: Calculo,
    *,
    entrada: Mapping[str, Any],
    by: str,
    now: datetime,
    fluxo: Fluxo | None = None,
) -> Sazonalizacao:
    """Inside an act: final at once."""
    _require_none(contrato, ano)
    row = Sazonalizacao.objects.create(
        contrato=contrato, fluxo=fluxo, situacao=Situacao.FINAL.value, **_told(ano, meses, calculo),
        entrada=dict(entrada), sent_at=now, sent_by=by, final_at=now,
    )  # fmt: skip
    _count(contrato, row, by=by, now=now)
    return row


def _told(ano: int, meses: Meses, calculo: Calculo) -> dict[str, Any]:
    saida = montantes.as_text(dict(meses))
    return {"ano": ano, "origem": calculo.origem.value, "calculo": str(calculo), "saida": saida}


def _require_none(contrato: Contrato, ano: int) -> None:
    if (done := montantes.final(contrato, ano)) is not None and done.final_at is not None:
        raise Conflict(
            f"Cláusula 3.48: {ano} já está sazonalizado neste contrato ({done.get_origem_display().lower()}). A "
            "sazonalização do ano é feita uma vez só. Num CCEAR, o que se quiser diferente é um acordo bilateral."
        )


def _count(contrato: Contrato, row: Sazonalizacao, *, by: str, now: datetime) -> None:
    MontanteDoMes.objects.bulk_create(
        MontanteDoMes(contrato=contrato, mes=mes, energia_mwh=energia)
        for mes, energia in montantes.from_text(row.saida).items()
    )
    note(contrato, "sazonalizado", by=by, now=now, ano=row.ano, calculo=row.calculo, meses=row.saida)
