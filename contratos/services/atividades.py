"""Activities closed, waived, and what follows from it in the flows around."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from contratos import acesso
from contratos.domain import andamento as motor
from contratos.domain.andamento import JaEncerrada, Situacao
from contratos.domain.evidencia import told
from contratos.domain.procedimentos import MARCOS, Fato, Responsavel
from contratos.domain.procedimentos import Atividade as Definicao
from contratos.models import Atividade, Contrato, Fluxo
from contratos.services import ancoras, documentos, efeitos, eficacia, evidencias, passagens, portoes
from contratos.services.andamento import Andamento, lock
from contratos.services.portoes import Caso
from contratos.services.trilha import SISTEMA, note
from portal import clock
from portal.agentes.acesso import Ator
from portal.auditoria.services import act
from portal.kernel.errors import DomainError, NotFound


@act()
def close_activity(
    pk: int, *, ator: Ator, now: datetime, evidencia: Mapping[str, Any] | None = None, resultado: str = ""
) -> Atividade:
    """By whoever holds it. Raises Conflict where somebody was faster, DomainError for what is missing."""
    andamento, row, definicao = take(pk, ator=ator, now=now)
    acesso.require_act(ator, andamento.fluxo, Responsavel(row.responsavel), clausulas=definicao.clausulas, now=now)
    if definicao.fato is not None:
        why = f"{POR_FATO[definicao.fato]} (cláusula {', '.join(definicao.clausulas)})"
        raise DomainError(f"“{row.nome}” não se encerra à mão: {why}.")
    return conclude(andamento, row, definicao, by=ator.nome, evidencia=evidencia or {}, resultado=resultado)


def conclude(
    andamento: Andamento,
    row: Atividade,
    definicao: Definicao,
    *,
    by: str,
    evidencia: Mapping[str, Any],
    resultado: str = "",
) -> Atividade:
    """Inside an act, whoever may having been asked for."""
    now, contrato = andamento.now, andamento.fluxo.contrato
    after = motor.close(andamento.procedimento, andamento.passos, row.codigo, hoje=andamento.hoje, resultado=resultado)
    given = evidencias.read(definicao, evidencia, contrato=contrato, hoje=andamento.hoje)
    if resultado not in dict(definicao.volta):  # giving back is always possible
        portoes.require(definicao.exige, Caso(contrato, clock.local_date(now), given.ato, andamento.fluxo.ancoras))
    row.evidencia = given.dados
    andamento.close(row, Situacao.CONCLUIDA, by=by, resultado=resultado)
    andamento.write(after, by=by)
    row = Atividade.objects.get(pk=row.pk)
    note(
        contrato,
        "atividade_concluida",
        by=by,
        now=now,
        fluxo=andamento.fluxo.procedimento,
        atividade=row.codigo,
        rodada=row.rodada,
        resultado=resultado,
        vencia_em=row.vence_em.isoformat() if row.vence_em else None,
        evidencia=told(row.evidencia),
    )
    _take_effect(definicao, given, andamento, by=by)
    feito = efeitos.Feito(andamento.fluxo, row, given.dados, given.ato, resultado, by, now)
    efeitos.apply(definicao.efeito, feito)
    _follow(Andamento(lock(andamento.fluxo.pk), now), definicao, by=by, resultado=resultado)
    return row


def _take_effect(definicao: Definicao, given: evidencias.Dada, andamento: Andamento, *, by: str) -> None:
    """What was stated becomes known to the rest: acts on file, anchors of every flow of the contract."""
    contrato = andamento.fluxo.contrato
    if "outorga" in definicao.evidencia:
        outorga = evidencias.keep_outorga(contrato, given, andamento, by=by)
        _anchor(contrato, {"P": outorga.ato.published_on}, by=by, now=andamento.now)
        for twin in _twins(andamento):
            conclude(*twin, by=by, evidencia=given.dados)
    elif "homologacao" in definicao.evidencia:
        day = evidencias.keep_homologacao(contrato, given)
        _anchor(contrato, {"H": day}, by=by, now=andamento.now)
    elif given.ato is not None:
        evidencias.keep_ato(given.ato)


def _anchor(contrato: Contrato, dates: ancoras.Ancoras, *, by: str, now: datetime) -> None:
    for fluxo in Fluxo.objects.filter(contrato=contrato, closed_at=None, sob=None):
        ancoras.move_anchors(fluxo, dates, by=by, now=now)


def _twins(done: Andamento) -> Iterator[tuple[Andamento, Atividade, Definicao]]:
    """The same duty in the other flows: the first milestone is the outorga of the flow above it."""
    for other in Fluxo.objects.filter(contrato=done.fluxo.contrato, closed_at=None).exclude(pk=done.fluxo.pk):
        andamento = Andamento(lock(other.pk), done.now)
        for step in andamento.procedimento.atividades:
            if "outorga" in step.evidencia and andamento.passos[step.codigo].situacao is Situacao.ABERTA:
                yield andamento, andamento.rows[step.codigo], step


def _follow(andamento: Andamento, definicao: Definicao, *, by: str, resultado: str = "") -> None:
    """The document that is due, the contract's state, and the flow above that waited for this one."""
    if definicao.emite and resultado not in dict(definicao.volta):
        documentos.issue(andamento, definicao.emite, by=by)
    passagens.reflect(andamento, by=by)
    for amendment, row, step, stated in eficacia.due(andamento):
        conclude(amendment, row, step, by=SISTEMA, evidencia=stated)
    close_what_waited(andamento, by=by)
    sob = andamento.fluxo.sob
    if andamento.fluxo.closed_at is not None and sob is not None:
        close_what_waited(Andamento(lock(sob.fluxo_id), andamento.now), by=by)


def close_what_waited(andamento: Andamento, *, by: str) -> None:
    for step in andamento.procedimento.atividades:
        row = andamento.rows[step.codigo]
        if step.fato is Fato.SUBFLUXO and row.situacao == Situacao.ABERTA:
            marcos = row.subfluxos.filter(procedimento=MARCOS)
            if marcos and all(sub.closed_at is not None for sub in marcos):
                conclude(andamento, row, step, by=by, evidencia={})
                return


@act()
def waive_activity(pk: int, *, motivo: str, ator: Ator, now: datetime) -> Atividade:
    """Closed without being done. CCEE alone, with a reason."""
    andamento, row, definicao = take(pk, ator=ator, now=now)
    acesso.require_ccee(ator, andamento.fluxo.contrato, now=now)
    if definicao.fato is Fato.ASSINATURA:
        raise DomainError(f"Uma assinatura não pode ser dispensada (cláusula {', '.join(definicao.clausulas)}).")
    if definicao.efeito is not None:
        raise DomainError(INDISPENSAVEL.format(row.nome, ", ".join(definicao.clausulas)))
    if not motivo.strip():
        raise DomainError(SEM_MOTIVO, erros={"motivo": ["Informe o motivo."]})
    return dispense(andamento, row, motivo=motivo.strip(), by=ator.nome)


def dispense(andamento: Andamento, row: Atividade, *, motivo: str, by: str) -> Atividade:
    """Inside an act."""
    after = motor.waive(andamento.procedimento, andamento.passos, row.codigo, hoje=andamento.hoje)
    row.motivo = motivo[:300]
    row.save(update_fields=["motivo"])
    andamento.write(after, by=by)
    dados = {"fluxo": andamento.fluxo.procedimento, "atividade": row.codigo, "motivo": row.motivo}
    note(andamento.fluxo.contrato, "atividade_dispensada", by=by, now=andamento.now, **dados)
    _follow(andamento, andamento.procedimento.por_codigo[row.codigo], by=by)
    return Atividade.objects.get(pk=row.pk)


def take(pk: int, *, ator: Ator, now: datetime) -> tuple[Andamento, Atividade, Definicao]:
    """Inside an act: the activity with its flow locked. Raises NotFound; JaEncerrada with who was faster."""
    found = Atividade.objects.select_related("fluxo__contrato").filter(pk=pk).first()
    if found is None:
        raise NotFound(acesso.NAO_HA)
    acesso.find(ator, found.fluxo.contrato.numero, now=now)
    andamento = Andamento(lock(found.fluxo_id), now)
    row = Atividade.objects.get(pk=pk)
    if row.closed_at is not None:
        when = clock.local(row.closed_at)
        said = f"“{row.nome}” já foi encerrada por {row.closed_by} em {when:%d/%m/%Y às %H:%M}."
        raise JaEncerrada(f"{said} {over(andamento)}".strip())
    return andamento, andamento.rows[row.codigo], andamento.procedimento.por_codigo[row.codigo]


def over(andamento: Andamento) -> str:
    """That the flow has ended, how, and why nobody undoes it; '' while it goes on."""
    fluxo = andamento.fluxo
    if fluxo.closed_at is None:
        return ""
    return f"O fluxo já terminou: {fluxo.estado}. {andamento.procedimento.definitivo}".strip()


INDISPENSAVEL = "“{}” não pode ser dispensada: o que ela produz só existe quando ela é feita (cláusula {})."
SEM_MOTIVO = "Diga por que a atividade é dispensada: o motivo fica na trilha."
POR_FATO = {
    Fato.ASSINATURA: "ela termina quando a assinatura da parte é aceita",
    Fato.SUBFLUXO: "ela termina com o último dos marcos",
    Fato.DECURSO: "ela termina por decurso de prazo, na verificação diária",
}
