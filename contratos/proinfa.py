"""PROINFA as it stands: who the ACEP is, histories that count, quotas of a month and of a year."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Q, QuerySet, Sum

from contratos import montantes
from contratos.domain.contrato import Especie, Registro
from contratos.domain.fim import FINAIS
from contratos.domain.prazos import due_dates, month, parse
from contratos.domain.proinfa import base_of
from contratos.models import (
    AnoDoProinfa,
    Anuncio,
    Contrato,
    CotaDoMes,
    CotaDoProinfa,
    CurvaDoProinfa,
    HistoricoDeConsumo,
    MontanteDoMes,
    MovimentoDeCota,
    RepresentanteDeCotista,
    UnidadeConsumidora,
)
from contratos.selectors import conventions
from portal.agentes.models import Agente
from portal.calendario.selectors import calendar

ZERO = Decimal(0)
VIGENTES = (Registro.REGISTRADO.value, Registro.SUSPENSO.value)
SEM_EFEITO = (CotaDoMes.Situacao.SUBSTITUIDA.value, CotaDoMes.Situacao.SEM_EFEITO.value)
Alvo = UnidadeConsumidora | Agente  # whose consumption: a unit's, or that of a distributor's whole area
Colunas = Mapping[str, Mapping[date, Decimal]]


def acep() -> Agente | None:
    """Whoever holds that role today; None: it was not configured, or is no agente."""
    return Agente.objects.filter(cnpj=settings.ACEP_CNPJ).first() if settings.ACEP_CNPJ else None


def account() -> Contrato | None:
    """The ACEP's own: what nobody else has, and where its yearly duties hang."""
    return Contrato.objects.filter(especie=Especie.PROINFA, comprador=None, vendedor__cnpj=settings.ACEP_CNPJ).first()


def contracts() -> QuerySet[Contrato]:
    """Of quota holders, in force."""
    rows = Contrato.objects.filter(especie=Especie.PROINFA, comprador__isnull=False, registro__in=VIGENTES)
    return rows.select_related("vendedor", "comprador")


def distributors(distribuidora: Agente) -> Contrato | None:
    """The one that its units' quotas come from."""
    rows = Contrato.objects.filter(especie=Especie.PROINFA, comprador=distribuidora, cota_proinfa=None)
    return rows.exclude(registro__in=[each.value for each in FINAIS]).filter(registro__in=VIGENTES).first()


def representative(cotista: Agente, on: date) -> RepresentanteDeCotista | None:
    """Who acts at CCEE for it on that day (3.69)."""
    rows = RepresentanteDeCotista.objects.filter(Q(ate=None) | Q(ate__gte=on), representado=cotista, desde__lte=on)
    return rows.select_related("representante").first()


def history(alvo: Alvo) -> dict[date, Decimal]:
    """What was validated, month by month: the latest validation of a month counts (3.39.1)."""
    rows = HistoricoDeConsumo.objects.filter(of_target(alvo), situacao=HistoricoDeConsumo.Situacao.VALIDADO)
    found: dict[date, Decimal] = {}
    for row in rows.order_by("answered_at", "pk"):
        found |= montantes.from_text(row.meses)
    return found


def of_target(alvo: Alvo) -> Q:
    return Q(unidade=alvo) if isinstance(alvo, UnidadeConsumidora) else Q(distribuidora=alvo)


def quota_of(contrato: Contrato) -> CotaDoProinfa | None:
    rows = CotaDoProinfa.objects.select_related("unidade__distribuidora", "origem__comprador", "contrato")
    return rows.filter(contrato=contrato).first()


def current(contrato: Contrato, mes: date) -> CotaDoMes | None:
    """The calculation of that month that counts."""
    return CotaDoMes.objects.filter(contrato=contrato, mes=mes).exclude(situacao__in=SEM_EFEITO).first()


def amount(contrato: Contrato, mes: date) -> Decimal | None:
    row = MontanteDoMes.objects.filter(contrato=contrato, mes=mes).first()
    return row.energia_mwh if row else None


def moved(contrato: Contrato, mes: date) -> tuple[Decimal, Decimal]:
    """What went out of it in that month, and what came in."""
    rows = MovimentoDeCota.objects.filter(mes=mes)
    out = rows.filter(de=contrato).aggregate(total=Sum("energia_mwh"))["total"]
    came = rows.filter(para=contrato).aggregate(total=Sum("energia_mwh"))["total"]
    return out or ZERO, came or ZERO


def base(origem: Contrato, mes: date) -> Decimal | None:
    """The distributor's quota of a month before any unit took its part; None: the year has no curve yet."""
    left = amount(origem, mes)
    return None if left is None else base_of(left, *moved(origem, mes))


def year(ano: int) -> AnoDoProinfa | None:
    return AnoDoProinfa.objects.filter(ano=ano).first()


def latest(ano: AnoDoProinfa) -> CurvaDoProinfa | None:
    return ano.curvas.order_by("-versao").first()


def curves(ano: AnoDoProinfa) -> list[Mapping[date, Decimal]]:
    """The quotas by month: of the last one that ACEP or CCEE set, then of each that only a plant's change made."""
    rows = list(ano.curvas.order_by("versao"))
    starts = [at for at, row in enumerate(rows) if row.origem != "garantia_fisica"]
    return [montantes.from_text(row.saida["cotas"]) for row in rows[max(starts, default=0) :]]


def columns(curva: CurvaDoProinfa) -> Colunas:
    """As the ACEP's table has them: COTAS, ACEP, and each plant by its code."""
    saida = curva.saida
    plants = {codigo: montantes.from_text(meses) for codigo, meses in saida["usinas"].items()}
    return {"COTAS": montantes.from_text(saida["cotas"]), "ACEP": montantes.from_text(saida["acep"]), **plants}


def deadline(expressao: str) -> Callable[[date], date]:
    """Of a reference month. The calendar is read once."""
    calendario, convencoes, prazo = calendar(), conventions(), parse(expressao)
    return lambda mes: due_dates(prazo, {"MS": [mes]}, calendario, convencoes)[0]


def announced(ano: int) -> Anuncio | None:
    """The calendar of the histories for that year's quotas (3.43)."""
    rows = Anuncio.objects.filter(codigo=Anuncio.Codigo.PROINFA_ANUAL, referencia__year=ano, leilao=None)
    return rows.first()


def wanted_months(anuncio: Anuncio) -> list[date]:
    """What an up-to-date history has: the months before the one in which the calendar begins."""
    return [month(anuncio.de, -back) for back in reversed(range(1, settings.PROINFA_MESES_DE_HISTORICO + 1))]
