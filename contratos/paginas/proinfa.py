"""PROINFA on a page: quotas by contract, the year's curve plant by plant, quotas given up (3.40, 3.43, 3.68)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet

from contratos import acesso, proinfa
from contratos.domain.contrato import Especie
from contratos.models import AnoDoProinfa, Contrato, CotaAnual, CotaDoMes, CotaDoProinfa, CurvaDoProinfa, MontanteDoMes
from contratos.paginas.palavras import Etiqueta, decimal
from portal import clock, planilha
from portal.agentes.acesso import Ator
from portal.kernel.errors import NotFound

POR_PAGINA = 50
COLUNAS = ("Contrato", "Cotista", "Unidade", "Mês", "Energia (MWh)", "Situação da cota")
TONS = {
    CotaDoMes.Situacao.APURADA: "neutro",
    CotaDoMes.Situacao.PUBLICADA: "alerta",
    CotaDoMes.Situacao.CONTESTADA: "alerta",
}


@dataclass(frozen=True, slots=True)
class Cota:
    """One contract. `ultima`: the calculation of the latest month, as far as it may be seen."""

    contrato: Contrato
    unidade: CotaDoProinfa | None
    meses: list[MontanteDoMes]
    ultima: CotaDoMes | None
    anual: CotaAnual | None

    @property
    def etiqueta(self) -> Etiqueta | None:
        if self.ultima is None:
            return None
        situacao = CotaDoMes.Situacao(self.ultima.situacao)
        return Etiqueta(TONS.get(situacao, "ok"), f"{self.ultima.mes:%m/%Y}: {situacao.label.lower()}")


@dataclass(frozen=True, slots=True)
class Curva:
    """A column for each profile, a line for each month; the last line adds them up."""

    row: CurvaDoProinfa
    colunas: list[str]
    linhas: list[tuple[date, list[Decimal]]]
    somas: list[Decimal]

    @property
    def por_mes(self) -> list[tuple[date, list[tuple[str, Decimal]]]]:
        return [(mes, list(zip(self.colunas, valores, strict=True))) for mes, valores in self.linhas]

    @property
    def do_ano(self) -> list[tuple[str, Decimal]]:
        return list(zip(self.colunas, self.somas, strict=True))


def page(ator: Ator, numero: str, *, now: datetime) -> dict[str, Any]:
    ano, ccee = _year(), acesso.is_ccee(ator)
    found = Paginator(_contracts(ator, now), POR_PAGINA).get_page(numero)
    return {
        "pagina": found, "total": found.paginator.count, "cotas": [_quota(each, ccee) for each in found], "ano": ano,
        "curva": _curve(ano) if ano and _may_see_curve(ator, now) else None,
        "renuncias": _forgone(ator, now), "faltas": list(_missing(now)) if ccee else [], "conta": proinfa.account(),
        "ccee": ccee,
    }  # fmt: skip


def _may_see_curve(ator: Ator, now: datetime) -> bool:
    """Quota holders, the ACEP, CCEE and the regulator."""
    return acesso.sees_all(ator) or acesso.visible(ator, now=now).filter(especie=Especie.PROINFA).exists()


def _year() -> AnoDoProinfa | None:
    """The latest one that has an act."""
    return AnoDoProinfa.objects.order_by("-ano").first()


def _contracts(ator: Ator, now: datetime) -> QuerySet[Contrato]:
    quotas = CotaDoMes.objects.exclude(situacao__in=proinfa.SEM_EFEITO).order_by("-mes")
    return (
        acesso.visible(ator, now=now)
        .filter(especie=Especie.PROINFA, comprador__isnull=False)
        .select_related("cota_proinfa__unidade")
        .prefetch_related(
            Prefetch("montantes", MontanteDoMes.objects.order_by("mes")),
            Prefetch("cotas_dos_meses", quotas),
            Prefetch("cotas_anuais", CotaAnual.objects.order_by("-ano")),
        )
        .order_by("numero")
    )


def _quota(contrato: Contrato, ccee: bool) -> Cota:
    """What is not published yet only CCEE sees (3.40)."""
    shown = [row for row in contrato.cotas_dos_meses.all() if ccee or row.published_at is not None]
    anuais = list(contrato.cotas_anuais.all())
    unidade = getattr(contrato, "cota_proinfa", None)
    return Cota(
        contrato, unidade, list(contrato.montantes.all()), shown[0] if shown else None, next(iter(anuais), None)
    )


def _curve(ano: AnoDoProinfa) -> Curva | None:
    row = proinfa.latest(ano)
    if row is None:
        return None
    columns = proinfa.columns(row)
    lines = [(mes, [meses[mes] for meses in columns.values()]) for mes in columns["COTAS"]]
    somas = [sum(meses.values(), Decimal(0)) for meses in columns.values()]
    return Curva(row, ["Cotas", "ACEP", *list(columns)[2:]], lines, somas)


def _forgone(ator: Ator, now: datetime) -> list[CotaDoProinfa]:
    """The queue: declarations with the month from which they hold, and whether the contract is finished (3.44.2)."""
    rows = CotaDoProinfa.objects.filter(renunciada_de__isnull=False, contrato__in=acesso.visible(ator, now=now))
    return list(rows.select_related("contrato__comprador", "unidade").order_by("-renunciada_de", "pk")[:POR_PAGINA])


def _missing(now: datetime) -> Iterator[str]:
    """What CCEE has to see to before the rest can go on."""
    if proinfa.acep() is None:
        yield "O ACEP não está configurado: defina ACEP_CNPJ com o CNPJ de um agente cadastrado (cláusula 3.63)."
        return
    seguinte = clock.local_date(now).year + 1
    if proinfa.year(seguinte) is None:
        yield f"Falta registrar o ato do ano de {seguinte}; sem ele o ACEP não sazonaliza (cláusula 3.63)."


def as_csv(ator: Ator, *, now: datetime) -> bytes:
    """A line for each month of each contract."""
    ccee = acesso.is_ccee(ator)
    rows = (line for each in _contracts(ator, now) for line in _lines(_quota(each, ccee)))
    return planilha.write(COLUNAS, rows)


def _lines(cota: Cota) -> Iterator[list[str]]:
    head = [cota.contrato.numero, cota.contrato.nome_do_comprador, cota.unidade.unidade.codigo if cota.unidade else ""]
    said = {row.mes: row.get_situacao_display() for row in cota.contrato.cotas_dos_meses.all() if row.published_at}
    for row in cota.meses:
        yield [*head, f"{row.mes:%m/%Y}", _plain(row.energia_mwh), said.get(row.mes, "")]


def curve_csv(ator: Ator, ano: int, *, now: datetime) -> bytes:
    """As the ACEP brings it, so that it can be read back (3.68). Raises NotFound, also for who has no quota."""
    row = proinfa.year(ano)
    curva = _curve(row) if row and _may_see_curve(ator, now) else None
    if curva is None:
        raise NotFound("Não há sazonalização do PROINFA deste ano entre as que você pode consultar.")
    return planilha.write(
        ["Mês", *curva.colunas], ([f"{mes:%m/%Y}", *map(_plain, values)] for mes, values in curva.linhas)
    )


def _plain(value: Decimal) -> str:
    """For a spreadsheet: a decimal comma, and no dots."""
    return decimal(value, 6).replace(".", "")
