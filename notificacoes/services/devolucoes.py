"""Messages that came back: written down on the Envio, in the ledger, and as a task for operations."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from notificacoes import enderecos
from notificacoes.domain.devolucao import Devolucao, Especie, read
from notificacoes.mensagens.lote import event_numbers
from notificacoes.models import Aviso, Envio, Estado, Motivo, Tarefa
from portal.auditoria.models import Evento
from portal.auditoria.services import Fato, act, record_all
from portal.kernel.errors import Conflict, DomainError
from portal.kernel.text import visible


class Recebida(StrEnum):
    """What became of what came in."""

    REGISTRADA = "devolução registrada"
    ATRASO = "atraso anotado"
    REPETIDA = "esta devolução já estava registrada"
    IGNORADA = "não é devolução: ignorada"


class NaoEntendida(DomainError):
    """Nothing of ours, or nothing that can be believed."""

    code, title = "devolucao-nao-entendida", "Devolução não entendida"


def take_bounce(data: bytes, *, para: str = "", now: datetime) -> Recebida:
    """`para`: the address it was delivered to. Raises NaoEntendida, or Conflict where it should come again."""
    devolucao = read(data)
    if devolucao.especie in (Especie.RESPOSTA, Especie.ENTREGUE):
        return Recebida.IGNORADA
    pk = _find(devolucao, [para] if para else devolucao.enviada_para)
    if devolucao.especie == Especie.DESCONHECIDA:
        raise NaoEntendida(f"Veio para a mensagem {pk}, mas não diz o que houve com ela.")
    return _write_down(pk, devolucao, now=now)


def _find(devolucao: Devolucao, came_to: Sequence[str]) -> int:
    """By the signed address; else by the Message-ID it quotes, if it also names the address we used.

    Message-IDs can be guessed, so they alone prove nothing.
    """
    signed = [address for address in came_to if enderecos.is_signed(address)]
    for address in signed:
        if (pk := enderecos.envio_of(address)) is not None:
            return pk
    if signed:
        raise NaoEntendida("O endereço para o qual veio não tem a nossa assinatura.")
    failed = {address.lower() for address in devolucao.destinatarios}
    for envio in Envio.objects.filter(message_id__in=devolucao.message_ids).exclude(endereco="").order_by("pk"):
        if envio.endereco.lower() in failed:
            return envio.pk
    raise NaoEntendida("Não diz de qual mensagem nossa se trata.")


@act()
def _write_down(pk: int, devolucao: Devolucao, *, now: datetime) -> Recebida:
    envio = Envio.objects.select_for_update(of=("self",)).select_related("destinatario").filter(pk=pk).first()
    if envio is None or not envio.tentativas:
        raise NaoEntendida(f"A mensagem {pk} não existe ou ainda não saiu.")
    if envio.estado == Estado.ARRENDADA:
        raise Conflict(f"A mensagem {pk} ainda está sendo enviada: entregue esta devolução de novo mais tarde.")
    if envio.devolvida_at is not None:
        return Recebida.REPETIDA
    words = visible(f"{devolucao.status} {devolucao.motivo}".strip(), 490)
    if devolucao.especie == Especie.ATRASO:
        Envio.objects.filter(pk=pk).update(devolucao=visible(f"Atraso: {words}", 490))
        return Recebida.ATRASO
    Envio.objects.filter(pk=pk).update(devolvida_at=now, devolucao=words)
    dados = {"envio": pk, "usuario": envio.destinatario.username, "tipo": envio.tipo, "status": devolucao.status}
    record_all(
        [Fato("aviso.devolvido", cnpj, envio.message_id, dados) for cnpj in _cnpjs(envio)], at=now, ator="portal"
    )
    _open_task(envio, words, now=now)
    return Recebida.REGISTRADA


def _cnpjs(envio: Envio) -> list[str]:
    """The companies it was about; [''] for an invitation, and for what told of another bounce."""
    of_notices = Aviso.objects.filter(envio=envio).values_list("certificado__agente__cnpj", flat=True)
    of_entries = Evento.objects.filter(numero__in=event_numbers([envio])).values_list("cnpj", flat=True)
    return sorted({*of_notices, *of_entries, *envio.dados.get("cnpjs", ())}) or [""]


def _open_task(envio: Envio, words: str, *, now: datetime) -> None:
    aviso = Aviso.objects.filter(envio=envio).select_related("certificado").order_by("vence_em", "pk").first()
    facts = {
        "motivo": Motivo.DEVOLVIDO,
        "agente_id": aviso.certificado.agente_id if aviso else None,
        "certificado": aviso.certificado if aviso else None,
        "envio": envio,
        "detalhe": visible(f"{envio.endereco}: {words}", 490),
        "created_at": now,
    }
    Tarefa.objects.get_or_create(chave=f"devolvido:{envio.pk}", defaults=facts)
