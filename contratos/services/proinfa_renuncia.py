"""A quota that its consumer does not want: it passes to the ACEP from a month on, and the contract ends (3.44)."""

from datetime import date, datetime

from contratos import montantes, proinfa
from contratos.domain.contrato import Registro
from contratos.domain.procedimentos.proinfa import PROINFA_MES, PROINFA_RENUNCIA
from contratos.domain.proinfa import DA_RENUNCIA
from contratos.models import Contrato, CotaDoMes, CotaDoProinfa, MontanteDoMes
from contratos.services import proinfa_cotas, proinfa_movimentos
from contratos.services.andamento import stop
from contratos.services.situacao import lock, move, stop_flows
from portal.kernel.errors import DomainError

SEM_CONTA = (
    "Cláusula 3.44: a cota passa ao ACEP, e o portal não sabe quem ele é. Configure ACEP_CNPJ com o CNPJ de um agente "
    "cadastrado; a conta do ACEP abre sozinha, e então o ato é possível."
)


def forgo(cota: CotaDoProinfa, de: date, *, by: str, now: datetime) -> None:
    """Inside an act. No quota is worked out for the unit from that month on; what was under way for it stops."""
    cota.renunciada_de = de
    cota.save(update_fields=["renunciada_de"])
    for fluxo in cota.contrato.fluxos.filter(procedimento=PROINFA_MES.codigo, closed_at=None):
        if date.fromisoformat(fluxo.ancoras["MS"]) >= de:
            stop(fluxo, estado="sem efeito: o consumidor abriu mão da cota", by=by, now=now)


def finish(cota: CotaDoProinfa, *, by: str, now: datetime) -> int:
    """Inside an act: every month from then on goes to the ACEP, and the contract is over. Gives how many there were."""
    de, conta = cota.renunciada_de, proinfa.account()
    if conta is None or de is None:
        raise DomainError(SEM_CONTA)
    _require_settled(cota, de)
    months = MontanteDoMes.objects.filter(contrato=cota.origem, mes__gte=de).order_by("mes")
    wanted = list(months.values_list("mes", flat=True))
    for mes in wanted:
        _pass_on(cota, conta, mes, by=by, now=now)
    contrato = lock(cota.contrato)
    move(contrato, Registro.ENCERRADO, by=by, now=now, cessa_em=de)
    stop_flows(contrato, estado="cessou: cota no ACEP", by=by, now=now, segue=PROINFA_RENUNCIA.codigo)
    return len(wanted)


def _require_settled(cota: CotaDoProinfa, de: date) -> None:
    flows = cota.contrato.fluxos.filter(procedimento=PROINFA_MES.codigo, closed_at=None)
    open_months = sorted(date.fromisoformat(fluxo.ancoras["MS"]) for fluxo in flows)
    if before := [mes for mes in open_months if mes < de]:
        named = ", ".join(f"{mes:%m/%Y}" for mes in before)
        raise DomainError(
            f"Cláusula 3.42: antes de finalizar, ajuste nos contratos a cota de {named}, que ainda é dele."
        )


def _pass_on(cota: CotaDoProinfa, conta: Contrato, mes: date, *, by: str, now: datetime) -> None:
    """What the unit has in that month already; else what it would have had, straight from the distributor."""
    has = proinfa.amount(cota.contrato, mes)
    if has is not None:
        proinfa_movimentos.transfer(cota.contrato, conta, cota.unidade, mes, has, clausula="3.44", by=by, now=now)
        return
    found = proinfa_cotas.work_out(cota, mes)
    proinfa_movimentos.transfer(cota.origem, conta, cota.unidade, mes, found.energia, clausula="3.44", by=by, now=now)
    CotaDoMes.objects.create(
        contrato=cota.contrato, mes=mes, energia_mwh=found.energia, situacao=CotaDoMes.Situacao.SEM_EFEITO,
        calculo=str(DA_RENUNCIA), entrada={**found.entrada, "acep": montantes.as_text({mes: found.energia})},
        made_at=now, made_by=by,
    )  # fmt: skip
