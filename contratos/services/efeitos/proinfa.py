"""Quotas of units: worked out, published, contested, adjusted, forgone (3.38 to 3.44.2)."""

from collections.abc import Callable, Mapping
from datetime import date

from contratos import proinfa
from contratos.domain.montantes.exato import number
from contratos.domain.procedimentos import Efeito
from contratos.domain.procedimentos.proinfa import PROCEDENTE, PROINFA_MES
from contratos.domain.proinfa import APURADA, RECALCULADA, REVISTA, first_without
from contratos.domain.sazonalizacao import Calculo
from contratos.models import CotaDoMes
from contratos.services import proinfa_cotas, proinfa_renuncia
from contratos.services.ancoras import move_anchors
from contratos.services.efeitos.feito import Feito
from contratos.services.efeitos.proinfa_registro import register
from contratos.services.trilha import note
from portal import clock
from portal.kernel.errors import refuse

Situacao = CotaDoMes.Situacao


def month_of(feito: Feito) -> date:
    return date.fromisoformat(feito.fluxo.ancoras["MS"])


def calculate(feito: Feito) -> None:
    _calculate(feito, month_of(feito), APURADA, Situacao.APURADA)


def _calculate(feito: Feito, mes: date, calculo: Calculo, situacao: Situacao) -> CotaDoMes:
    cota = proinfa_cotas.find(feito.contrato.pk)
    row = proinfa_cotas.record(cota, mes, calculo, situacao, fluxo=feito.fluxo, by=feito.by, now=feito.now)
    _note(feito, "cota_apurada", row)
    return row


def publish(feito: Feito) -> None:
    """Late, the days to disagree count from today (`Q`): they are the same two."""
    row = proinfa_cotas.require_current(feito.contrato.pk, month_of(feito))
    row.situacao, row.published_at = Situacao.PUBLICADA.value, feito.now
    row.save(update_fields=["situacao", "published_at"])
    _note(feito, "cota_publicada", row)
    if feito.hoje > date.fromisoformat(feito.fluxo.ancoras["Q"]):
        move_anchors(feito.fluxo, {"Q": feito.hoje}, by=feito.by, now=feito.now)


def contest(feito: Feito) -> None:
    """By the agent; or by CCEE, of a message that had come in time."""
    stated = feito.dados.get("recebida_em")
    if stated is not None:
        refuse({"recebida_em": _message_problem(feito, date.fromisoformat(stated))})
    _mark(feito, Situacao.CONTESTADA)


def _message_problem(feito: Feito, day: date) -> str:
    row = proinfa_cotas.require_current(feito.contrato.pk, month_of(feito))
    last = feito.row.vence_em
    if day > feito.hoje:
        return f"{day:%d/%m/%Y} ainda não chegou: informe a data em que o e-mail foi recebido."
    if last is not None and day > last:
        return f"Cláusula 3.40.1: o e-mail é de {day:%d/%m/%Y} e o prazo foi {last:%d/%m/%Y}: a cota já estava aceita."
    if row.published_at is not None and day < clock.local_date(row.published_at):
        return f"Cláusula 3.40: a cota foi publicada em {row.published_at:%d/%m/%Y}; antes não há do que discordar."
    return ""


def accept(feito: Feito) -> None:
    _mark(feito, Situacao.ACEITA)


def judge(feito: Feito) -> None:
    if feito.resultado != PROCEDENTE:
        _mark(feito, Situacao.MANTIDA)


def _mark(feito: Feito, situacao: Situacao) -> None:
    row = proinfa_cotas.require_current(feito.contrato.pk, month_of(feito))
    row.situacao = situacao.value
    row.save(update_fields=["situacao"])
    _note(feito, f"cota_{situacao.value}", row)


def recalculate(feito: Feito) -> None:
    """With the histories as they are validated today; published at once (3.41)."""
    _note(feito, "cota_publicada", _calculate(feito, month_of(feito), RECALCULADA, Situacao.PUBLICADA))


def adjust(feito: Feito) -> None:
    row = proinfa_cotas.require_current(feito.contrato.pk, month_of(feito))
    _settle(feito, row, "3.42")


def _settle(feito: Feito, row: CotaDoMes, clausula: str) -> None:
    cota = proinfa_cotas.find(feito.contrato.pk)
    proinfa_cotas.settle(cota, row, clausula=clausula, by=feito.by, now=feito.now)
    _note(feito, "cota_ajustada", row)


def review(feito: Feito) -> None:
    """What was accepted, opened again by CCEE alone, for an error of its own (docs/decisions/031)."""
    mes = date.fromisoformat(feito.dados["mes"])
    row = proinfa.current(feito.contrato, mes)
    going = feito.contrato.fluxos.filter(procedimento=PROINFA_MES.codigo, closed_at=None, ancoras__MS=mes.isoformat())
    named = f"Cláusula 3.40.1: a cota de {mes:%m/%Y}"
    if row is None or row.situacao != Situacao.AJUSTADA or going.exists():
        how = "ainda segue o seu caminho: nele se discorda e se recalcula" if going.exists() else "não foi apurada"
        refuse({"mes": f"{named} {how}. Reabre-se a que já está nos contratos."})
    _settle(feito, _calculate(feito, mes, REVISTA, Situacao.PUBLICADA), "3.40.1")


def ask_to_forgo(feito: Feito) -> None:
    """The month that a signature of today would still reach is the reference month of the declaration (3.44.1)."""
    cota = proinfa_cotas.find(feito.contrato.pk)
    other = feito.dados["unidade"].upper() != cota.unidade.codigo
    text = f"Cláusula 3.44.1: a unidade deste contrato é {cota.unidade.codigo}. Confira o código na declaração."
    refuse({"unidade": text if other else ""})
    _refer_to_today(feito)


def declare(feito: Feito) -> None:
    """Signed. After MS+4du it is for the next month: the deadlines that follow move with it."""
    de = _refer_to_today(feito)
    proinfa_renuncia.forgo(proinfa_cotas.find(feito.contrato.pk), de, by=feito.by, now=feito.now)
    note(feito.contrato, "nao_cota_declarada", by=feito.by, now=feito.now, a_partir_de=f"{de:%m/%Y}")


def _refer_to_today(feito: Feito) -> date:
    de = first_without(feito.hoje, proinfa.deadline("MS+4du"))
    de = max(de, feito.contrato.suprimento_inicio.replace(day=1))
    move_anchors(feito.fluxo, {"MS": de}, by=feito.by, now=feito.now)
    return de


def finish(feito: Feito) -> None:
    cota = proinfa_cotas.find(feito.contrato.pk)
    months = proinfa_renuncia.finish(cota, by=feito.by, now=feito.now)
    told = {"unidade": cota.unidade.codigo, "a_partir_de": f"{cota.renunciada_de:%m/%Y}", "meses": months}
    note(feito.contrato, "cota_no_acep", by=feito.by, now=feito.now, **told)


def _note(feito: Feito, tipo: str, row: CotaDoMes) -> None:
    told = {"mes": f"{row.mes:%m/%Y}", "calculo": row.calculo}
    if row.published_at is not None:  # until then it is CCEE's alone
        told["energia_mwh"] = number(row.energia_mwh)
    note(feito.contrato, tipo, by=feito.by, now=feito.now, **told)


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.REGISTRAR_PROINFA: register,
    Efeito.APURAR_COTA: calculate,
    Efeito.PUBLICAR_COTA: publish,
    Efeito.CONTESTAR_COTA: contest,
    Efeito.ACEITAR_COTA: accept,
    Efeito.JULGAR_DISCORDANCIA: judge,
    Efeito.RECALCULAR_COTA: recalculate,
    Efeito.AJUSTAR_PROINFA: adjust,
    Efeito.REVER_COTA: review,
    Efeito.PEDIR_NAO_COTA: ask_to_forgo,
    Efeito.DECLARAR_NAO_COTA: declare,
    Efeito.FINALIZAR_PROINFA: finish,
}
