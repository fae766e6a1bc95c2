"""What the registration of a CBR comes to: its version in force, and the amounts that every total counts."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from contratos.domain.acordo import Intervalo
from contratos.domain.periodos import Periodo, clip, energy, mean
from contratos.domain.prazos import month
from contratos.models import Cbr, Contrato, Elegivel, VersaoDoCbr
from portal.agentes.models import Agente

DIA = timedelta(days=1)


def of(contrato: Contrato) -> Cbr | None:
    """None: its registration has not been sent yet."""
    return Cbr.objects.select_related("contrato", "ato").filter(contrato=contrato).first()


def in_force(cbr: Cbr) -> VersaoDoCbr | None:
    return cbr.versoes.filter(situacao=VersaoDoCbr.Situacao.VALIDADA).first()


def pending(cbr: Cbr) -> VersaoDoCbr | None:
    return cbr.versoes.filter(situacao=VersaoDoCbr.Situacao.PENDENTE).first()


def periods(versao: VersaoDoCbr) -> list[Periodo]:
    """In order; of an art. 5 contract they are the maxima of each hour."""
    rows = versao.periodos.order_by("inicio")
    return [Periodo(row.inicio, row.fim, row.montante_mwmed or row.maximo_mwh) for row in rows]  # type: ignore[arg-type]  # the database has one of the two


def reach(contrato: Contrato) -> Intervalo:
    """The days that may have energy: of the supply, as far as the registration was not ended before (3.33)."""
    fim = contrato.suprimento_fim
    if contrato.cessa_em is not None:
        fim = min(fim, contrato.cessa_em - DIA)
    return Intervalo(contrato.suprimento_inicio, fim)


def amounts(contrato: Contrato, mes: date | None = None) -> list[Periodo]:
    """What counts, of that month or of the whole supply: validated, not invalid, until the first day without energy.

    Nothing of an art. 5 contract, which has maxima and no amounts.
    """
    cbr = of(contrato)
    versao = in_force(cbr) if cbr and cbr.invalido_em is None else None
    if versao is None or cbr is None or cbr.origem == Cbr.Origem.ART_5:
        return []
    found = clip(periods(versao), reach(contrato))
    return clip(found, Intervalo(mes.replace(day=1), month(mes, 1) - DIA)) if mes else found


def totals(contrato: Contrato) -> dict[str, Decimal]:
    """Of the whole supply, as the contract keeps them: MWh, exact, and their mean power."""
    energia = energy(amounts(contrato))
    return {"energia_mwh": energia, "montante_mwmed": mean(energia, reach(contrato))}


def eligible(agente: Agente | None, papel: str, *, on: date) -> bool:
    """As the list of CCEE has it on that day (3.28.1)."""
    ends = Q(ate=None) | Q(ate__gte=on)
    return Elegivel.objects.filter(ends, agente=agente, papel=papel, desde__lte=on).exists()
