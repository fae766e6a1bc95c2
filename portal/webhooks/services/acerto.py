"""What an attempt brought, written down: of the delivery, and of its destination's circuit."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.auditoria.services import act, record
from portal.webhooks.domain.repeticao import SEGUIDAS, pause, wait
from portal.webhooks.envio import Fim
from portal.webhooks.models import Destino, Entrega, Estado
from portal.webhooks.services.fila import LIVRE, cancel_waiting

ATOR = "portal"
DESLIGADO = "O servidor respondeu 410: o endereço não existe mais."


def settle(entrega: Entrega, fim: Fim, *, token: str, corpo_sha256: str, now: datetime, agora: datetime) -> bool:
    """False where the lease was lost meanwhile: then somebody else's result counts. `now` is the machine's."""
    if fim.entregue and not entrega.destino.falhas:
        return _write(entrega, fim, token=token, corpo_sha256=corpo_sha256, now=now)
    with act():  # the ledger may have to hear of it, and is always locked first
        written = _write(entrega, fim, token=token, corpo_sha256=corpo_sha256, now=now)
        if written:
            _follow(entrega.destino_id, fim, now=now, agora=agora)
    return written


@transaction.atomic
def _write(entrega: Entrega, fim: Fim, *, token: str, corpo_sha256: str, now: datetime) -> bool:
    result: dict[str, Any] = {"status": fim.status, "motivo": fim.motivo[:300], "duracao_ms": fim.duracao_ms}
    again = wait(entrega.tentativas)
    if fim.entregue:
        result |= {"estado": Estado.ENTREGUE, "ended_at": now, "proxima_at": None}
    elif fim.definitivo or fim.acabou or again is None:
        result |= {"estado": Estado.MORTA, "ended_at": now, "proxima_at": None}
    else:
        result |= {"estado": Estado.PENDENTE, "proxima_at": now + again}
    mine = Entrega.objects.filter(pk=entrega.pk, estado=Estado.ARRENDADA, lease_token=token)
    return bool(mine.update(**result, **LIVRE, corpo_sha256=corpo_sha256))


def _follow(pk: int, fim: Fim, *, now: datetime, agora: datetime) -> None:
    """The circuit. It opens after some failures in a row, lets one through after each pause, closes with a success."""
    destino = Destino.objects.select_for_update(of=("self",)).select_related("agente").get(pk=pk)
    if fim.entregue:
        _close(destino, agora=agora)
    elif fim.acabou:
        destino.ativo, destino.motivo = False, DESLIGADO
        record_about(destino, "webhook.desligado", by=ATOR, now=agora, motivo=DESLIGADO)
    else:
        destino.falhas += 1
        if (pausa := pause(destino.falhas)) is not None:
            destino.pausado_ate = now + pausa
        if destino.falhas == SEGUIDAS:
            record_about(destino, "webhook.pausado", by=ATOR, now=agora, motivo=fim.motivo)
    destino.save()
    if not destino.ativo:
        cancel_waiting(destino, destino.motivo or "o destino foi desligado", now=now)


def _close(destino: Destino, *, agora: datetime) -> None:
    """Whatever waits for its next turn after a failure goes at once: what it waited for is here."""
    if destino.falhas >= SEGUIDAS:
        Entrega.objects.filter(destino=destino, estado=Estado.PENDENTE).update(proxima_at=None)
        record_about(destino, "webhook.retomado", by=ATOR, now=agora)
    destino.falhas, destino.pausado_ate = 0, None


def record_about(destino: Destino, tipo: str, *, by: str, now: datetime, **dados: Any) -> None:
    """The address without its path, in which the other side may have put a token."""
    cnpj = destino.agente.cnpj if destino.agente else ""
    record(tipo, at=now, ator=by, cnpj=cnpj, objeto=destino.nome, destino=destino.pk, servidor=destino.origem, **dados)
