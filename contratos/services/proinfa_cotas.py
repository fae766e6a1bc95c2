"""The quota of a unit for a month: from validated histories alone, kept with what it was made from (3.39)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from contratos import montantes, proinfa
from contratos.domain.montantes.exato import Recusado
from contratos.domain.montantes.proinfa import transfer as part_of
from contratos.domain.proinfa import window
from contratos.domain.sazonalizacao import Calculo
from contratos.models import CotaDoMes, CotaDoProinfa, Fluxo
from contratos.services import proinfa_movimentos
from portal.kernel.errors import Conflict, DomainError

Situacao = CotaDoMes.Situacao


class SemHistorico(DomainError):
    """Nothing is calculated, and the agents are asked for it."""

    code, title = "sem-historico-validado", "Falta o histórico de consumo validado"


@dataclass(frozen=True, slots=True)
class Resultado:
    energia: Decimal
    entrada: Mapping[str, Any]


def find(contrato_pk: int) -> CotaDoProinfa:
    """Raises DomainError for a contract that is of no unit."""
    rows = CotaDoProinfa.objects.select_related("unidade__distribuidora", "origem__comprador", "contrato")
    found = rows.filter(contrato=contrato_pk).first()
    if found is None:
        raise DomainError("Cláusula 3.38: este contrato não é de unidade consumidora que migrou; sua cota é a do ato.")
    return found


def work_out(cota: CotaDoProinfa, mes: date) -> Resultado:
    """Raises SemHistorico, and DomainError where the distributor has no quota of that month yet."""
    base = proinfa.base(cota.origem, mes)
    if base is None:
        raise DomainError(
            f"Cláusula 3.38: a distribuidora ainda não tem cota em {mes:%m/%Y} (contrato {cota.origem.numero}). Ela "
            f"existe depois que o ano {mes.year} é sazonalizado (cláusula 3.63)."
        )
    return by_history(cota, mes, base)


def by_history(cota: CotaDoProinfa, antes: date, base: Decimal) -> Resultado:
    """The unit's part of `base`, by the latest validated window before that month (3.39.1)."""
    unidade, meses = cota.unidade, settings.PROINFA_MESES_DE_HISTORICO
    own, area = proinfa.history(unidade), proinfa.history(unidade.distribuidora)
    wanted = window(own, antes, meses)
    if not wanted:
        raise SemHistorico(
            f"Cláusula 3.39.1: falta histórico de consumo declarado e validado da unidade {unidade.codigo}: são "
            f"{meses} meses seguidos, anteriores a {antes:%m/%Y}. A cota é possível depois que uma das partes o "
            "declarar e a outra o validar."
        )
    ours = {mes: own[mes] for mes in wanted}
    whole = {mes: area[mes] for mes in wanted if mes in area}
    try:
        found = part_of(base, ours, whole, cota.parcela)
    except Recusado as error:
        sigla = unidade.distribuidora.sigla
        text = f"{error} Unidade {unidade.codigo}, área de {sigla}. A cota é possível depois de validado o que falta."
        raise SemHistorico(text) from error
    entrada = {
        "cota_da_distribuidora_mwh": f"{base:f}", "parcela": f"{cota.parcela:f}", "unidade": montantes.as_text(ours),
        "area": montantes.as_text(whole),
    }  # fmt: skip
    return Resultado(found.unidade, entrada)


def record(
    cota: CotaDoProinfa, mes: date, calculo: Calculo, situacao: Situacao, *, fluxo: Fluxo, by: str, now: datetime
) -> CotaDoMes:
    """Inside an act: worked out anew, in the place of what there was for that month."""
    resultado = work_out(cota, mes)
    replaced = CotaDoMes.objects.filter(contrato=cota.contrato, mes=mes).exclude(situacao__in=proinfa.SEM_EFEITO)
    replaced.update(situacao=Situacao.SUBSTITUIDA)
    published = now if situacao is not Situacao.APURADA else None
    return CotaDoMes.objects.create(
        contrato=cota.contrato, fluxo=fluxo, mes=mes, energia_mwh=resultado.energia, situacao=situacao,
        calculo=str(calculo), entrada=dict(resultado.entrada), made_at=now, made_by=by, published_at=published,
    )  # fmt: skip


def settle(cota: CotaDoProinfa, row: CotaDoMes, *, clausula: str, by: str, now: datetime) -> None:
    """Inside an act: the contracts of the unit and of the distributor as that quota has them (3.42)."""
    before = proinfa.amount(cota.contrato, row.mes) or Decimal(0)
    proinfa_movimentos.transfer(
        cota.origem, cota.contrato, cota.unidade, row.mes, row.energia_mwh - before, clausula=clausula, by=by, now=now
    )
    if not row.energia_mwh and proinfa.amount(cota.contrato, row.mes) is None:
        proinfa_movimentos.put(cota.contrato, row.mes, row.energia_mwh)
    row.situacao = Situacao.AJUSTADA.value
    row.save(update_fields=["situacao"])


def require_current(contrato_pk: int, mes: date) -> CotaDoMes:
    row = CotaDoMes.objects.filter(contrato=contrato_pk, mes=mes).exclude(situacao__in=proinfa.SEM_EFEITO).first()
    if row is None:
        raise Conflict(f"Cláusula 3.39: a cota de {mes:%m/%Y} ainda não foi apurada.")
    return row
