"""A PROINFA contract on its own page: its unit, and the quota of each month as far as it was published (3.40)."""

from dataclasses import dataclass

from contratos import proinfa
from contratos.domain.contrato import Especie
from contratos.domain.procedimentos.proinfa import PROINFA_RENUNCIA, PROINFA_REVISAO
from contratos.domain.procedimentos.proinfa_anual import PROINFA_ATO, PROINFA_GARANTIA
from contratos.models import Contrato, CotaDoMes, CotaDoProinfa
from contratos.paginas.palavras import Etiqueta, decimal
from contratos.paginas.proinfa import TONS

DO_ANO = (PROINFA_ATO.codigo, PROINFA_GARANTIA.codigo)
DA_UNIDADE = (PROINFA_REVISAO.codigo, PROINFA_RENUNCIA.codigo)


@dataclass(frozen=True, slots=True)
class MesVisto:
    row: CotaDoMes
    energia: str
    etiqueta: Etiqueta


@dataclass(frozen=True, slots=True)
class CotaVista:
    cota: CotaDoProinfa
    parcela: str
    meses: list[MesVisto]


def read(contrato: Contrato, *, ccee: bool) -> CotaVista | None:
    """None for what is of no unit."""
    cota = proinfa.quota_of(contrato) if contrato.tipo is Especie.PROINFA else None
    if cota is None:
        return None
    rows = CotaDoMes.objects.filter(contrato=contrato).exclude(situacao=CotaDoMes.Situacao.SUBSTITUIDA)
    shown = [row for row in rows.order_by("-mes", "-pk") if ccee or row.published_at is not None]
    return CotaVista(cota, decimal(cota.parcela * 100, 4), [_month(row) for row in shown])


def _month(row: CotaDoMes) -> MesVisto:
    situacao = CotaDoMes.Situacao(row.situacao)
    return MesVisto(row, decimal(row.energia_mwh, 6), Etiqueta(TONS.get(situacao, "ok"), situacao.label))


def out_of_season(contrato: Contrato, cota: CotaVista | None) -> tuple[str, ...]:
    """What is of the year is asked for on the ACEP's account, what is of a unit on the unit's contract."""
    if contrato.tipo is not Especie.PROINFA:
        return ()
    if contrato.comprador_id is None:
        return DA_UNIDADE
    if cota is None:
        return (*DO_ANO, *DA_UNIDADE)
    return (*DO_ANO, PROINFA_RENUNCIA.codigo) if cota.cota.renunciada_de else DO_ANO
