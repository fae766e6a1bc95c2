"""The energy of a contract by year and month, as it counts: for the pages, the windows and the runs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q

from contratos.cbr import reach
from contratos.domain.acordo import Intervalo
from contratos.domain.contrato import Registro
from contratos.domain.montantes import flat, perfil
from contratos.domain.montantes.meses import contractual, hours_in, of_year
from contratos.domain.periodos import round6
from contratos.domain.sazonalizacao import CABEM, DE_CADA_ESPECIE, Regra
from contratos.models import (
    AcordoBilateral,
    Anuncio,
    Contrato,
    DisponibilidadeDeclarada,
    PerfilDeCarga,
    RegraDeSazonalizacao,
    Sazonalizacao,
)
from contratos.models.sazonalizacao import DozeValores

VIGENTES = (Registro.REGISTRADO.value, Registro.SUSPENSO.value)


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


def year(contrato: Contrato, ano: int, acordos: Iterable[AcordoBilateral] | None = None) -> Ano:
    """The contract's energy spread by hours over its years, residual in the first; as agreed where it was reduced.

    No hours: the contract has no supply in that year. `acordos`: as reductions() gives them, to spare the question.
    """
    horas = contractual(ano, reach(contrato)) if ano in years(contrato) else {}
    if not horas:
        return Ano(ano, Decimal(0), {})
    whole = Intervalo(contrato.suprimento_inicio, contrato.suprimento_fim)
    every = range(whole.de.year, whole.ate.year + 1)  # a run asks very often: no look at each of their months
    by_year = {date(each, 1, 1): hours_in(of_year(each, whole)) for each in every}
    share = flat.distribute_by_hours(contrato.energia_mwh, by_year)[date(ano, 1, 1)]
    rows = reductions([contrato])[contrato.pk] if acordos is None else acordos
    power = _agreed(rows, ano, horas)
    if not power and sum(horas.values()) == by_year[date(ano, 1, 1)]:
        return Ano(ano, share, horas)
    full = by_year[date(ano, 1, 1)]
    parts = [power[mes] * hours if mes in power else share * hours / full for mes, hours in horas.items()]
    return Ano(ano, round6(sum(parts, Decimal(0))), horas)


def years(contrato: Contrato) -> range:
    """Those with supply."""
    supply = reach(contrato)
    return range(supply.de.year, supply.ate.year + 1)


def reductions(contratos: Iterable[Contrato]) -> Mapping[int, list[AcordoBilateral]]:
    """By contract, its final agreements that left an amount, in the order in which they became final."""
    found: dict[int, list[AcordoBilateral]] = defaultdict(list)
    rows = AcordoBilateral.objects.filter(
        contrato__in=list(contratos), situacao=AcordoBilateral.Situacao.VALIDADO, montante_mwmed__isnull=False
    )
    for row in rows.order_by("validated_at", "pk"):
        found[row.contrato_id].append(row)
    return found


def _agreed(rows: Iterable[AcordoBilateral], ano: int, horas: Iterable[date]) -> dict[date, Decimal]:
    """MWmédio of the months that an agreement lowered; the latest one counts (3.108)."""
    found: dict[date, Decimal] = {}
    for row in rows:
        within = (mes for mes in horas if mes >= row.mes_inicio and row.ano in (None, ano))
        found |= {mes: row.montante_mwmed for mes in within if row.montante_mwmed is not None}
    return found


def power_before(contrato: Contrato, mes: date, acordo: AcordoBilateral) -> Decimal:
    """MWmédio that counted in that month before this agreement: an earlier one's, or the contract's own."""
    earlier = [each for each in reductions([contrato])[contrato.pk] if each.pk != acordo.pk]
    return _agreed(earlier, mes.year, [mes]).get(mes, contrato.montante_mwmed)


def final(contrato: Contrato, ano: int) -> Sazonalizacao | None:
    return Sazonalizacao.objects.filter(contrato=contrato, ano=ano, situacao=Sazonalizacao.Situacao.FINAL).first()


def announced(codigo: Anuncio.Codigo, contrato: Contrato, ano: int) -> Anuncio | None:
    """That of the contract's auction comes before the general one."""
    rows = Anuncio.objects.filter(Q(leilao=None) | Q(leilao=contrato.leilao_id), codigo=codigo, referencia__year=ano)
    return rows.order_by(F("leilao").asc(nulls_last=True)).first()


def as_text(meses: Mapping[date, Decimal]) -> dict[str, str]:
    """As a row keeps them."""
    return {mes.isoformat(): f"{energia:.6f}" for mes, energia in sorted(meses.items())}


def from_text(saida: dict[str, str]) -> dict[date, Decimal]:
    return {date.fromisoformat(mes): Decimal(energia) for mes, energia in sorted(saida.items())}


def profiles(ano: int) -> Mapping[int, PerfilDeCarga]:
    """By distributor: there are some hundred in the country."""
    return {row.agente_id: row for row in PerfilDeCarga.objects.filter(ano=ano)}


def monthly(row: DozeValores, horas: Mapping[date, int]) -> dict[date, Decimal]:
    """MWh of each of the months, from its twelve values."""
    valores = {mes: Decimal(row.valores[mes.month - 1]) for mes in horas}
    return perfil.from_power(valores, horas) if row.unidade == DozeValores.Unidade.MWMED else valores


def availability(contrato: Contrato, ano: int) -> DisponibilidadeDeclarada | None:
    """What counts for that year: the latest that was declared for it or before (3.51.4)."""
    rows = DisponibilidadeDeclarada.objects.filter(outorga=contrato.outorga_id, produto=contrato.produto)
    return rows.filter(desde_ano__lte=ano).order_by("-desde_ano").first()


def same_plant(contrato: Contrato, ano: int) -> list[Contrato]:
    """Its registered contracts of the product with supply in that year, the first of them holding the flow (3.51.2)."""
    rows = Contrato.objects.filter(
        outorga=contrato.outorga_id, produto=contrato.produto, especie=contrato.especie, registro__in=VIGENTES
    ).select_related("vendedor", "comprador", "leilao")
    mates = rows.order_by("pk") if contrato.outorga_id else rows.filter(pk=contrato.pk)
    return [each for each in mates if ano in years(each)]
