"""The months of a year of contracts, as they are written: proposed, and final once (3.48, 3.55)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contratos import montantes
from contratos.domain.sazonalizacao import Calculo
from contratos.models import Contrato, Fluxo, MontanteDoMes, Sazonalizacao
from contratos.services.trilha import facts
from portal.auditoria.services import record_all
from portal.kernel.errors import Conflict

Situacao = Sazonalizacao.Situacao


@dataclass(frozen=True, slots=True)
class DoAno:
    """MWh by month of a contract's year, how they came about, and from what."""

    contrato: Contrato
    ano: int
    meses: Mapping[date, Decimal]
    calculo: Calculo
    entrada: Mapping[str, Any]
    fluxo: Fluxo | None = None

    def row(self, situacao: Sazonalizacao.Situacao, *, by: str, now: datetime) -> Sazonalizacao:
        return Sazonalizacao(
            contrato=self.contrato,
            ano=self.ano,
            fluxo=self.fluxo,
            origem=self.calculo.origem.value,
            calculo=str(self.calculo),
            situacao=situacao.value,
            entrada=dict(self.entrada),
            saida=montantes.as_text(self.meses),
            sent_at=now,
            sent_by=by,
            final_at=now if situacao is Situacao.FINAL else None,
        )


def propose(de_um: DoAno, *, by: str, now: datetime) -> Sazonalizacao:
    """Inside an act. Waits for the other side."""
    require_none(de_um.contrato, de_um.ano)
    row = de_um.row(Situacao.PROPOSTA, by=by, now=now)
    row.save()
    return row


def settle(proposta: Sazonalizacao, *, by: str, now: datetime) -> None:
    """Inside an act. From here on it is the contract's energy."""
    proposta.situacao, proposta.final_at = Situacao.FINAL.value, now
    proposta.save(update_fields=["situacao", "final_at"])
    _count([proposta], by=by, now=now)


def write_final(anos: Iterable[DoAno], *, by: str, now: datetime) -> None:
    """Inside an act. Of years that nobody has set: the database refuses a second one."""
    rows = [each.row(Situacao.FINAL, by=by, now=now) for each in anos]
    Sazonalizacao.objects.bulk_create(rows)
    _count(rows, by=by, now=now)


def require_none(contrato: Contrato, ano: int) -> None:
    """Raises Conflict where the year is final."""
    done = montantes.final(contrato, ano)
    if done is not None:
        raise Conflict(
            f"Cláusula 3.48: {ano} já está sazonalizado neste contrato ({done.get_origem_display().lower()}). A "
            "sazonalização do ano é feita uma vez só. Num CCEAR, o que se quiser diferente é um acordo bilateral."
        )


def _count(rows: list[Sazonalizacao], *, by: str, now: datetime) -> None:
    MontanteDoMes.objects.bulk_create(
        MontanteDoMes(contrato=row.contrato, mes=mes, energia_mwh=energia)
        for row in rows
        for mes, energia in montantes.from_text(row.saida).items()
    )
    told = [
        fato
        for row in rows
        for fato in facts(row.contrato, "sazonalizado", ano=row.ano, calculo=row.calculo, meses=row.saida)
    ]
    record_all(told, at=now, ator=by)
