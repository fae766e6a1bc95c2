"""The energy of a contract by year and month, as it counts: for the pages, the windows and the runs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q

from contratos.cbr import reach
from contratos.domain.acordo import Intervalo
from contratos.domain.montantes import flat, perfil
from contratos.domain.montantes.meses import contractual
from contratos.domain.periodos import round6
from contratos.domain.sazonalizacao import CABEM, DE_CADA_ESPECIE, Regra
from contratos.models import AcordoBilateral, Anuncio, Contrato, PerfilDeCarga, RegraDeSazonalizacao, Sazonalizacao


@dataclass(frozen=True, slots=True)
class Ano:
    """`horas` of supply by contractual month, its first day; `energia`: MWh of them all, with six decimals."""

    ano: int
    energia: Decimal
    horas: dict[date, int]


def rule(contrato: Contrato) -> Regra | None:
    """What its auction says of its product, else what holds for its kind; None: it is not seasonalised here."""
    usual = DE_CADA_ESPECIE.get(contrato.tipo)
    if usual is None or contrato.leilao_id is None:
        return usual
    rows = RegraDeSazonalizacao.objects.filter(leilao=contrato.leilao_id, produto__in=["", contrato.produto])
    said = [Regra(row.regra) for row in rows.order_by("-produto")]  # that of the product comes before that of them all
    return next((regra for regra in said if regra in CABEM[contrato.tipo]), usual)


def year(contrato: Contrato, ano: int) -> Ano:
    """The contract's energy spread by hours over its years, residual in the first; as agreed where it was reduced.

    No hours: the contract has no supply in that year.
    """
    supply = reach(contrato)
    horas = contractual(ano, supply)
    if not horas:
        return Ano(ano, Decimal(0), {})
    whole = Intervalo(contrato.suprimento_inicio, contrato.suprimento_fim)
    by_year = {
        date(each, 1, 1): sum(contractual(each, whole).values()) for each in range(whole.de.year, whole.ate.year + 1)
    }
    share = flat.distribute_by_hours(contrato.energia_mwh, by_year)[date(ano, 1, 1)]
    return Ano(ano, _agreed(contrato, ano, share, by_year[date(ano, 1, 1)], horas), horas)


def _agreed(contrato: Contrato, ano: int, energia: Decimal, of: int, horas: dict[date, int]) -> Decimal:
    """`of`: the hours that `energia` is for."""
    power = _reduced(contrato, ano, horas)
    if not power and sum(horas.values()) == of:
        return energia
    parts = [power[mes] * hours if mes in power else energia * hours / of for mes, hours in horas.items()]
    return round6(sum(parts, Decimal(0)))


def _reduced(contrato: Contrato, ano: int, horas: dict[date, int]) -> dict[date, Decimal]:
    """MWmédio of the months that a final agreement lowered; the latest one counts (3.108)."""
    rows = AcordoBilateral.objects.filter(
        contrato=contrato, situacao=AcordoBilateral.Situacao.VALIDADO, montante_mwmed__isnull=False
    )
    found: dict[date, Decimal] = {}
    for row in rows.order_by("validated_at", "pk"):
        within = (mes for mes in horas if mes >= row.mes_inicio and row.ano in (None, ano))
        found |= {mes: row.montante_mwmed for mes in within if row.montante_mwmed is not None}
    return found


def final(contrato: Contrato, ano: int) -> Sazonalizacao | None:
    return Sazonalizacao.objects.filter(contrato=contrato, ano=ano, situacao=Sazonalizacao.Situacao.FINAL).first()


def announced(codigo: Anuncio.Codigo, contrato: Contrato, ano: int) -> Anuncio | None:
    """That of the contract's auction comes before the general one."""
    rows = Anuncio.objects.filter(Q(leilao=None) | Q(leilao=contrato.leilao_id), codigo=codigo, referencia__year=ano)
    return rows.order_by(F("leilao").asc(nulls_last=True)).first()


def as_text(meses: dict[date, Decimal]) -> dict[str, str]:
    """As a row keeps them."""
    return {mes.isoformat(): f"{energia:f}" for mes, energia in sorted(meses.items())}


def from_text(saida: dict[str, str]) -> dict[date, Decimal]:
    return {date.fromisoformat(mes): Decimal(energia) for mes, energia in sorted(saida.items())}


def profile(contrato: Contrato, ano: int) -> PerfilDeCarga | None:
    """Of the buyer."""
    return PerfilDeCarga.objects.filter(agente=contrato.comprador_id, ano=ano).first()


def weights(row: PerfilDeCarga, horas: dict[date, int]) -> dict[date, Decimal]:
    """MWh of load in each of the months."""
    valores = {mes: Decimal(row.valores[mes.month - 1]) for mes in horas}
    return perfil.from_power(valores, horas) if row.unidade == PerfilDeCarga.Unidade.MWMED else valores
