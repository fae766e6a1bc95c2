"""Bilateral agreements: registered by the buyer, validated by the seller, or lapsed (3.103 to 3.108)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from contratos import montantes
from contratos.domain.acordo import Suprimento, reach_problems
from contratos.domain.cancelamento import earliest
from contratos.domain.contrato import Especie
from contratos.domain.periodos import round6
from contratos.domain.procedimentos import Efeito
from contratos.models import AcordoBilateral, Contrato
from contratos.services.efeitos.feito import Feito
from contratos.services.situacao import lock
from contratos.services.trilha import note
from portal.kernel.errors import refuse


def register(feito: Feito) -> None:
    dados = feito.dados
    tipo, inicio = AcordoBilateral.Tipo(dados["acordo_tipo"]), date.fromisoformat(dados["mes_inicio"])
    montante = Decimal(dados["montante"]) if "montante" in dados else None
    ano = int(dados["ano"]) if "ano" in dados else None
    refuse({"montante": _stated_amount(tipo, montante)})
    refuse(reach_problems(inicio, montante, ano, _supply(feito.contrato)))
    AcordoBilateral.objects.create(
        contrato=feito.contrato,
        fluxo=feito.fluxo,
        tipo=tipo,
        mes_inicio=inicio,
        ano=ano,
        montante_mwmed=montante,
        registered_at=feito.now,
    )
    note(feito.contrato, "acordo_registrado", by=feito.by, now=feito.now, **dados)


def _stated_amount(tipo: str, montante: Decimal | None) -> str:
    if tipo == AcordoBilateral.Tipo.REDUCAO and montante is None:
        return "Para redução, informe o montante que permanece, em MWmédio."
    if tipo == AcordoBilateral.Tipo.RESCISAO and montante is not None:
        return "Na rescisão nada permanece: deixe o montante em branco, ou escolha redução."
    return ""


def _supply(contrato: Contrato) -> Suprimento:
    return Suprimento(
        contrato.suprimento_inicio,
        contrato.cessa_em - timedelta(days=1) if contrato.cessa_em else contrato.suprimento_fim,
        contrato.montante_mwmed,
        contrato.tipo is Especie.CCEAR_QUANTIDADE,
        frozenset(mes.year for mes in contrato.montantes.values_list("mes", flat=True)),
    )


def validate(feito: Feito) -> None:
    """Final (3.105). From its first month on the contract counts for what was agreed."""
    _move(feito, AcordoBilateral.Situacao.VALIDADO.value, validated_at=feito.now)
    acordo = AcordoBilateral.objects.get(fluxo=feito.fluxo)
    if acordo.tipo == AcordoBilateral.Tipo.RESCISAO:  # the day is known; the state follows when it comes
        contrato = lock(feito.contrato)
        contrato.cessa_em = earliest(contrato.cessa_em, acordo.mes_inicio)
        contrato.save(update_fields=["cessa_em"])
    meses = _lower(feito.contrato, acordo)
    note(feito.contrato, "acordo_validado", by=feito.by, now=feito.now, **({"meses": meses} if meses else {}))


def _lower(contrato: Contrato, acordo: AcordoBilateral) -> dict[str, str]:
    """The months that are set keep the shape of their year; gives what each comes to (3.103, decision 030)."""
    rows = contrato.montantes.filter(mes__gte=acordo.mes_inicio)
    rows = rows.filter(mes__year=acordo.ano) if acordo.ano else rows
    found = {}
    for row in rows.order_by("mes"):
        before = montantes.power_before(contrato, row.mes, acordo)
        row.energia_mwh = round6(row.energia_mwh * (acordo.montante_mwmed or Decimal(0)) / before)
        row.save(update_fields=["energia_mwh"])
        found[row.mes.isoformat()] = f"{row.energia_mwh:f}"
    return found


def lapse(feito: Feito) -> None:
    _move(feito, AcordoBilateral.Situacao.CADUCADO.value)


def _move(feito: Feito, situacao: str, **fields: datetime) -> None:
    rows = AcordoBilateral.objects.filter(fluxo=feito.fluxo, situacao=AcordoBilateral.Situacao.REGISTRADO)
    rows.update(situacao=situacao, **fields)


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.REGISTRAR_ACORDO: register,
    Efeito.VALIDAR_ACORDO: validate,
    Efeito.CADUCAR_ACORDO: lapse,
}
