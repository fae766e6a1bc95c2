"""A year of PROINFA as it is written: the act, its quotas, its curves and the months that each contract has of them.

Inside an act, but for apply_due(): that one takes each contract in a transaction of its own, and killed anywhere the
next run goes on with the contracts that are left.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce

from contratos import montantes, proinfa
from contratos.domain.procedimentos.proinfa_anual import PROINFA_INFORME, SAZO_PROINFA
from contratos.domain.proinfa import ACEP, ANUAL, COTAS, DO_ATO, shared
from contratos.domain.sazonalizacao import Calculo
from contratos.models import AnoDoProinfa, Contrato, CotaAnual, CurvaDoProinfa
from contratos.services import proinfa_cotas, proinfa_movimentos
from contratos.services.aberturas import start
from contratos.services.situacao import lock
from contratos.services.trilha import SISTEMA, note
from portal import clock
from portal.auditoria.services import act
from portal.kernel.errors import DomainError


def keep_year(
    ano: int, montante: Decimal, usinas: Mapping[str, Decimal], ato: str, *, by: str, now: datetime
) -> AnoDoProinfa:
    """The latest act counts; what was calculated from the one before keeps its amount beside it."""
    texts = {codigo: f"{energia:f}" for codigo, energia in sorted(usinas.items())}
    said = {"montante_mwh": montante, "ato": ato[:160], "usinas": texts, "stated_at": now, "stated_by": by}
    row, _ = AnoDoProinfa.objects.update_or_create(ano=ano, defaults=said)
    return row


def keep_quotas(ano: AnoDoProinfa, cotas: Mapping[Contrato, Decimal], *, by: str, now: datetime) -> None:
    """Of the distributors; those that the act leaves out have none."""
    rows = CotaAnual.objects.filter(ano=ano.ano, contrato__cota_proinfa=None)
    rows.exclude(contrato__in=list(cotas)).update(
        energia_mwh=None, motivo="O ato do ano não lhe dá cota.", versao_da_curva=0
    )
    for contrato, energia in cotas.items():
        said = {"energia_mwh": energia, "motivo": "", "calculo": str(DO_ATO), "entrada": {"ato": ano.ato}}
        CotaAnual.objects.update_or_create(
            contrato=contrato,
            ano=ano.ano,
            defaults={**said, "versao_da_curva": 0, "made_at": now, "made_by": by},
        )
        note(contrato, "cota_anual", by=by, now=now, ano=ano.ano, energia_mwh=f"{energia:f}", ato=ano.ato)


def open_year(conta: Contrato, ano: AnoDoProinfa, *, by: str, now: datetime) -> None:
    """The ACEP's duty, once a year; an act that comes after its curve is CCEE's matter (3.66)."""
    flows = conta.fluxos.filter(procedimento=SAZO_PROINFA.codigo, dados__ano=str(ano.ano))
    if not flows.exists():
        dados, ancoras = {"ano": str(ano.ano)}, {"ANO": date(ano.ano - 1, 1, 1)}
        start(conta, SAZO_PROINFA.codigo, by=by, now=now, dados=dados, ancoras=ancoras)


def write_curve(
    conta: Contrato,
    ano: AnoDoProinfa,
    columns: Mapping[str, Mapping[date, Decimal]],
    calculo: Calculo,
    *,
    entrada: Mapping[str, Any],
    by: str,
    now: datetime,
) -> CurvaDoProinfa:
    """The next version, and CCEE's duty to tell of it (3.67)."""
    last = ano.curvas.aggregate(last=Coalesce(Max("versao"), 0))["last"]
    plants = {nome: montantes.as_text(meses) for nome, meses in columns.items() if nome not in (COTAS, ACEP)}
    saida = {"cotas": montantes.as_text(columns[COTAS]), "acep": montantes.as_text(columns[ACEP]), "usinas": plants}
    row = CurvaDoProinfa.objects.create(
        ano=ano, versao=last + 1, origem=calculo.origem.value, calculo=str(calculo), entrada=dict(entrada),
        saida=saida, made_at=now, made_by=by,
    )  # fmt: skip
    note(conta, "proinfa_sazonalizado", by=by, now=now, ano=ano.ano, versao_da_curva=row.versao, calculo=row.calculo)
    dados, ancoras = {"ano": str(ano.ano), "versao": str(row.versao)}, {"Z": clock.local_date(now)}
    start(conta, PROINFA_INFORME.codigo, by=by, now=now, dados=dados, ancoras=ancoras)
    return row


def apply_due(*, now: datetime) -> int:
    """Every distributor's months as the latest curve of each year has them. Gives how many contracts it changed."""
    return sum(_apply(pk, now=now) for pk in list(_behind().values_list("pk", flat=True)))


def _behind() -> QuerySet[CotaAnual]:
    """Those that have not got the latest curve of their year yet."""
    latest = AnoDoProinfa.objects.annotate(last=Max("curvas__versao")).filter(last__isnull=False)
    versions = dict(latest.values_list("ano", "last"))
    rows = CotaAnual.objects.filter(energia_mwh__isnull=False, contrato__cota_proinfa=None)
    found = CotaAnual.objects.none()
    for ano, versao in versions.items():
        found = found | rows.filter(ano=ano, versao_da_curva__lt=versao)
    return found.order_by("pk")


@act()
def _apply(pk: int, *, now: datetime) -> int:
    """Two runs at once: the second finds it done. What units took of a month they keep."""
    cota = CotaAnual.objects.select_for_update().get(pk=pk)
    ano = AnoDoProinfa.objects.get(ano=cota.ano)
    curva = proinfa.latest(ano)
    if curva is None or cota.energia_mwh is None or cota.versao_da_curva >= curva.versao:
        return 0
    contrato = lock(cota.contrato)
    months = shared(cota.energia_mwh, proinfa.curves(ano))
    for mes, energia in months.items():
        saiu, voltou = proinfa.moved(contrato, mes)
        proinfa_movimentos.put(contrato, mes, max(energia - saiu + voltou, Decimal(0)))
    cota.versao_da_curva = curva.versao
    cota.save(update_fields=["versao_da_curva"])
    proinfa_movimentos.refresh(contrato)
    meses = montantes.as_text(months)
    note(contrato, "cota_sazonalizada", by=SISTEMA, now=now, ano=cota.ano, versao_da_curva=curva.versao, meses=meses)
    return 1


def tell(ano: AnoDoProinfa, versao: int, comunicado: str, *, by: str, now: datetime) -> None:
    for contrato in proinfa.contracts().order_by("pk"):
        told = {"ano": ano.ano, "versao_da_curva": versao, "comunicado": comunicado}
        note(contrato, "cotistas_informados", by=by, now=now, **told)


def leave_out(contrato: Contrato, ano: int, *, by: str, now: datetime) -> None:
    """Listed, without a quota (3.43)."""
    why = "Cláusula 3.43: o histórico de consumo não estava atualizado e validado no calendário divulgado."
    _keep(contrato, ano, None, why, {}, by=by, now=now)


def calculate(contrato: Contrato, ano: int, *, by: str, now: datetime) -> None:
    """The unit's part of the distributor's year, by the same rule as a month's (3.43). Raises DomainError."""
    cota = proinfa_cotas.find(contrato.pk)
    of = CotaAnual.objects.filter(contrato=cota.origem, ano=ano, energia_mwh__isnull=False).first()
    anuncio = proinfa.announced(ano)
    if of is None or of.energia_mwh is None or anuncio is None:
        raise DomainError(
            f"Cláusula 3.43: a distribuidora ainda não tem cota anual de {ano}. Registre antes o ato do ano, na conta "
            "do ACEP."
        )
    found = proinfa_cotas.by_history(cota, anuncio.de.replace(day=1), of.energia_mwh)
    _keep(contrato, ano, found.energia, "", dict(found.entrada), by=by, now=now)


def _keep(
    contrato: Contrato,
    ano: int,
    energia: Decimal | None,
    motivo: str,
    entrada: Mapping[str, Any],
    *,
    by: str,
    now: datetime,
) -> None:
    said = {"energia_mwh": energia, "motivo": motivo, "calculo": str(ANUAL), "entrada": dict(entrada)}
    CotaAnual.objects.update_or_create(contrato=contrato, ano=ano, defaults={**said, "made_at": now, "made_by": by})
    note(
        contrato,
        "cota_anual",
        by=by,
        now=now,
        ano=ano,
        energia_mwh=f"{energia:f}" if energia is not None else "",
        motivo=motivo,
    )
