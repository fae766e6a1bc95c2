"""PROINFA on a page: quotas by contract, the year's curve plant by plant, quotas given up (3.40, 3.43, 3.68)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from contratos import acesso, proinfa
from contratos.domain.contrato import Especie
from contratos.domain.montantes import faixa, meses
from contratos.models import AnoDoProinfa, Contrato, CotaAnual, CotaDoMes, CotaDoProinfa, CurvaDoProinfa, MontanteDoMes
from contratos.paginas.grafico import Grafico, of_year
from contratos.paginas.palavras import Etiqueta, decimal
from contratos.services import historicos
from contratos.services.proinfa_publicacao import Publicacao, waiting_months
from portal import clock, planilha
from portal.agentes.acesso import Ator
from portal.kernel.errors import NotFound, refusal

POR_PAGINA = 50
ANOS = 20
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
    def grafico(self) -> Grafico | None:
        """Of the quotas: what each month has of the year's mean power."""
        cotas = {mes: valores[0] for mes, valores in self.linhas}
        if not self.somas[0]:
            return None
        return of_year(faixa.shares(cotas, self.somas[0], meses.hours_of(cotas)), None)

    @property
    def do_ano(self) -> list[tuple[str, Decimal]]:
        return list(zip(self.colunas, self.somas, strict=True))


def page(
    ator: Ator, numero: str, *, now: datetime, ano: str = "", publicacao: Publicacao | None = None
) -> dict[str, Any]:
    """Of the latest year unless another is asked for. `publicacao`: what was just done."""
    anos, ccee = _years(), acesso.is_ccee(ator)
    shown = next((each for each in anos if str(each.ano) == ano), next(iter(anos), None))
    found = Paginator(contracts(ator, now), POR_PAGINA).get_page(numero)
    return {
        "pagina": found, "total": found.paginator.count, "cotas": [quota(each, ccee) for each in found], "ano": shown,
        "anos": [str(each.ano) for each in anos],
        "curva": _curve(shown) if shown and _may_see_curve(ator, now) else None,
        "renuncias": _forgone(ator, now), "faltas": list(_missing(ator, now)) if ccee else [],
        "conta": proinfa.account(), "publicada": told(publicacao) if publicacao else "",
        "a_publicar": waiting_months() if ccee else [], "publicacao": publicacao,
    }  # fmt: skip


def _may_see_curve(ator: Ator, now: datetime) -> bool:
    """Quota holders, the ACEP, CCEE and the regulator."""
    return acesso.sees_all(ator) or acesso.visible(ator, now=now).filter(especie=Especie.PROINFA).exists()


def _years() -> list[AnoDoProinfa]:
    """Those that are seasonalised, the latest first."""
    return list(AnoDoProinfa.objects.filter(Exists(CurvaDoProinfa.objects.filter(ano=OuterRef("pk"))))[:ANOS])


def month_of(text: str) -> date:
    """Of "2026-10". Raises DomainError."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise refusal("mes", "Informe o mês das cotas como 2026-10.") from None


def told(feita: Publicacao) -> str:
    if not feita.feitas and not feita.falhas:
        return f"As cotas de {feita.mes:%m/%Y} acabaram de ser publicadas por outra pessoa."
    if not feita.feitas:
        return f"Nenhuma cota de {feita.mes:%m/%Y} foi publicada."
    one = feita.feitas == 1
    return f"{feita.feitas} {'cota' if one else 'cotas'} de {feita.mes:%m/%Y} {'publicada' if one else 'publicadas'}."


def contracts(ator: Ator, now: datetime) -> QuerySet[Contrato]:
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


def quota(contrato: Contrato, ccee: bool) -> Cota:
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


def _missing(ator: Ator, now: datetime) -> Iterator[str]:
    """What CCEE has to see to before the rest can go on."""
    if proinfa.acep() is None:
        yield "O ACEP não está configurado: defina ACEP_CNPJ com o CNPJ de um agente cadastrado (cláusula 3.63)."
        return
    seguinte = clock.local_date(now).year + 1
    if proinfa.year(seguinte) is None:
        yield f"Falta registrar o ato do ano de {seguinte}; sem ele o ACEP não sazonaliza (cláusula 3.63)."
    if waiting := historicos.to_answer(ator, now=now).count():
        said = "histórico de área espera" if waiting == 1 else "históricos de área esperam"
        yield f"{waiting} {said} a validação da CCEE (cláusula 3.39.1), em “Históricos de consumo”."


def as_csv(ator: Ator, *, now: datetime) -> bytes:
    """A line for each month of each contract."""
    ccee = acesso.is_ccee(ator)
    rows = (line for each in contracts(ator, now) for line in _lines(quota(each, ccee)))
    return planilha.write(COLUNAS, rows)


def _lines(cota: Cota) -> Iterator[list[str]]:
    head = [cota.contrato.numero, cota.contrato.nome_do_comprador, cota.unidade.unidade.codigo if cota.unidade else ""]
    said = {row.mes: row.get_situacao_display() for row in cota.contrato.cotas_dos_meses.all() if row.published_at}
    for row in cota.meses:
        yield [*head, f"{row.mes:%m/%Y}", _plain(row.energia_mwh), said.get(row.mes, "")]


def curve(ator: Ator, ano: int, *, now: datetime) -> Curva:
    """The latest one of that year. Raises NotFound, also for who has no quota."""
    row = proinfa.year(ano)
    curva = _curve(row) if row and _may_see_curve(ator, now) else None
    if curva is None:
        raise NotFound("Não há sazonalização do PROINFA deste ano entre as que você pode consultar.")
    return curva


def curve_csv(ator: Ator, ano: int, *, now: datetime) -> bytes:
    """As the ACEP brings it, so that it can be read back (3.68). Raises NotFound, as curve()."""
    curva = curve(ator, ano, now=now)
    return planilha.write(
        ["Mês", *curva.colunas], ([f"{mes:%m/%Y}", *map(_plain, values)] for mes, values in curva.linhas)
    )


def _plain(value: Decimal) -> str:
    """For a spreadsheet: a decimal comma, and no dots."""
    return decimal(value, 6).replace(".", "")
