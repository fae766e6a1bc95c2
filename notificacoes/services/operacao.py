"""What operations do about a message that did not arrive: send it again, elsewhere, or say that they telephoned."""

from datetime import datetime

from notificacoes.models import Aviso, Envio, Estado, Situacao, Tarefa
from portal.agentes import services as agentes
from portal.auditoria.services import act, record
from portal.kernel.errors import Conflict
from portal.kernel.text import visible

BUSY = "Esta mensagem está sendo enviada neste momento. Aguarde alguns minutos e recarregue a página."
NOT_DUE = "Esta mensagem foi cancelada ({motivo}) e não é mais devida: não há o que reenviar."


@act()
def resend(envio: Envio, *, by: str, now: datetime) -> None:
    """Back into the queue with a fresh count of attempts; the Message-ID stays, so that a repeat shows as one.

    Raises Conflict where it is being sent or is no longer due.
    """
    row = _lock(envio)
    if row.estado == Estado.CANCELADA:
        raise Conflict(NOT_DUE.format(motivo=row.motivo))
    if row.estado in (Estado.ENVIADA, Estado.EM_DUVIDA):
        row.repeticoes += 1  # what went out, or may have gone, would be a repeat
    before = row.estado
    row.estado, row.motivo = Estado.PENDENTE, ""
    row.tentativas = row.quedas = 0
    row.proxima_at = row.sent_at = row.devolvida_at = None
    row.devolucao = ""
    row.save()
    settled = row.avisos.filter(situacao__in=(Situacao.MORTA, Situacao.ENVIADA))
    settled.update(situacao=Situacao.PLANEJADA, settled_at=None, motivo="")
    row.lembretes.filter(situacao__in=(Situacao.MORTA, Situacao.ENVIADA)).update(
        situacao=Situacao.PLANEJADA, settled_at=None, motivo=""
    )
    _record("aviso.reenvio", row, by=by, now=now, estado=before)


@act()
def correct_address(envio: Envio, email: str, *, by: str, now: datetime) -> None:
    """The person's address from now on, and this message again. Raises Conflict like resend()."""
    usuario = envio.destinatario
    usuario.email = email
    agentes.save_usuario(usuario, by=by, now=now)
    resend(envio, by=by, now=now)


@act()
def told_by_phone(envio: Envio, *, nome: str, nota: str, by: str, now: datetime) -> None:
    """Somebody was told: the message need not go out any more, and its tasks are done.

    What was sent already stays sent. Raises Conflict while a worker has it in hand.
    """
    row = _lock(envio)
    motivo = visible(f"Avisado por telefone: {nome}. {nota}", 190).strip()
    if row.estado != Estado.ENVIADA:
        row.estado, row.motivo, row.proxima_at = Estado.CANCELADA, motivo, None
        row.save()
        owed = row.avisos.filter(situacao__in=(Situacao.PLANEJADA, Situacao.MORTA))
        owed.update(situacao=Situacao.CANCELADA, motivo=motivo, settled_at=now)
        told = row.lembretes.filter(situacao__in=(Situacao.PLANEJADA, Situacao.MORTA))
        told.update(situacao=Situacao.CANCELADA, motivo=motivo, settled_at=now)
    _record("aviso.por_telefone", row, by=by, now=now, falou_com=nome, nota=nota)
    for tarefa in Tarefa.objects.filter(envio=row, done_at=None):
        close_task(tarefa, nota=motivo, by=by, now=now)


@act()
def close_task(tarefa: Tarefa, *, nota: str, by: str, now: datetime) -> None:
    """Raises Conflict where somebody else was faster."""
    done = {"done_at": now, "done_by": by, "nota": visible(nota, 490)}
    if not Tarefa.objects.filter(pk=tarefa.pk, done_at=None).update(**done):
        raise Conflict("Esta tarefa já foi concluída por outra pessoa. Recarregue a página.")
    cnpj = tarefa.agente.cnpj if tarefa.agente else ""
    record("tarefa.concluida", at=now, ator=by, cnpj=cnpj, objeto=str(tarefa), nota=nota)


def _lock(envio: Envio) -> Envio:
    row = Envio.objects.select_for_update().get(pk=envio.pk)
    if row.estado == Estado.ARRENDADA:
        raise Conflict(BUSY)
    return row


def _record(tipo: str, envio: Envio, *, by: str, now: datetime, **dados: str) -> None:
    """Under each company that the message is about; under none where it is about a person only."""
    about = Aviso.objects.filter(envio=envio).order_by("pk").select_related("certificado__agente")
    cnpjs = sorted({aviso.certificado.agente.cnpj for aviso in about}) or envio.dados.get("cnpjs") or [""]
    facts = {"destinatario": envio.destinatario.username, **dados}
    for cnpj in cnpjs:
        record(tipo, at=now, ator=by, cnpj=cnpj, objeto=envio.message_id, **facts)
