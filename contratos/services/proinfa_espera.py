"""What CCEE's system works out by itself when it falls due; what lacks something waits, and the agents are told why.

What waits is not tried again each hour, which would hold the ledger and the contract's row for nothing: only when one
of the things that it may lack has come since, and once a day for all the others (a setting, a calendar).
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from contratos.domain.andamento import Situacao
from contratos.domain.procedimentos.proinfa import PROINFA_MES
from contratos.domain.procedimentos.proinfa_anual import PROINFA_HISTORICO
from contratos.models import Atividade, CotaAnual, Fluxo, HistoricoDeConsumo, MontanteDoMes
from contratos.services.andamento import Andamento
from contratos.services.andamento import lock as lock_flow
from contratos.services.atividades import conclude
from contratos.services.trilha import SISTEMA, note
from portal import clock
from portal.auditoria.services import act
from portal.kernel.errors import DomainError

DEVIDAS = ((PROINFA_MES.codigo, "Q1"), (PROINFA_HISTORICO.codigo, "H1"), (PROINFA_HISTORICO.codigo, "H3"))
COTA = "fluxo__contrato__cota_proinfa__"


def conclude_due(*, now: datetime) -> int:
    hoje = clock.local_date(now)
    return sum(_try(*each, now=now) for row in DEVIDAS for each in list(_to_try(*row, hoje)))  # H1 opens H3


def _to_try(procedimento: str, codigo: str, hoje: date) -> Iterator[tuple[int, str]]:
    """Each activity with what there is today of what it may lack; those that were refused with that are left out."""
    rows = Atividade.objects.filter(
        fluxo__procedimento=procedimento, codigo=codigo, situacao=Situacao.ABERTA.value, fluxo__closed_at=None
    )
    if codigo == "Q1":
        rows = rows.filter(vence_em__lte=hoje)
    for pk, dados, *found in rows.order_by("pk").values_list("pk", "fluxo__dados", *_found()):
        vista = " ".join(map(str, [hoje, *found]))
        if dados.get("vista") != vista:
            yield pk, vista


def _found() -> list[Any]:
    validated = HistoricoDeConsumo.objects.filter(situacao=HistoricoDeConsumo.Situacao.VALIDADO)
    annual = CotaAnual.objects.filter(energia_mwh__isnull=False)
    return [
        F("fluxo__contrato__registro"),
        _count(validated, unidade=OuterRef(f"{COTA}unidade")),
        _count(validated, distribuidora=OuterRef(f"{COTA}unidade__distribuidora")),
        _count(MontanteDoMes.objects.all(), contrato=OuterRef(f"{COTA}origem")),
        _count(annual, contrato=OuterRef(f"{COTA}origem")),
    ]


def _count(rows: QuerySet[Any], **of: OuterRef) -> Coalesce:
    counted = rows.filter(**of).order_by().values(*of).annotate(quantos=Count("pk")).values("quantos")
    return Coalesce(Subquery(counted), Value(0))


@act()
def _try(pk: int, vista: str, *, now: datetime) -> int:
    row = Atividade.objects.select_related("fluxo").get(pk=pk)
    andamento = Andamento(lock_flow(row.fluxo_id), now)
    row = andamento.rows[row.codigo]
    if row.situacao != Situacao.ABERTA:
        return 0
    try:
        with transaction.atomic():
            conclude(andamento, row, andamento.procedimento.por_codigo[row.codigo], by=SISTEMA, evidencia={})
    except DomainError as refusal:
        _wait(lock_flow(row.fluxo_id), row.codigo, refusal.detail, vista, now=now)
        return 0
    return 1


def _wait(fluxo: Fluxo, codigo: str, why: str, vista: str, *, now: datetime) -> None:
    """Told once for each reason. `vista` is of before the lock: what came meanwhile has the next run try again."""
    if fluxo.dados.get("pendencia") != why:
        note(fluxo.contrato, "cota_pendente", by=SISTEMA, now=now, atividade=codigo, motivo=why)
    fluxo.dados |= {"pendencia": why, "vista": vista}
    fluxo.save(update_fields=["dados"])
