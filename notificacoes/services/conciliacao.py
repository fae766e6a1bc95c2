"""After a restore: what the mail server's own log says was accepted is not sent a second time."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from notificacoes.enderecos import domain
from notificacoes.models import Aviso, Envio, Estado, Lembrete, Situacao
from notificacoes.services.acerto import AO_ENVIAR
from notificacoes.services.nao_entregues import facts_of, told_by
from portal.auditoria.services import act, record_all

MOTIVO = "conciliado com o registro do servidor"
REFUSED = re.compile(r"\b(?:reject|NOQUEUE|bounced|deferred)\b", re.IGNORECASE)
CHUNK = 500


def message_ids(lines: Iterable[str]) -> Iterator[str]:
    """Every Message-ID of ours that the log names on a line that does not speak of a refusal."""
    ours = re.compile(rf"[\w.+-]+@{re.escape(domain())}", re.ASCII)
    for line in lines:
        if not REFUSED.search(line):
            yield from ours.findall(line)


def reconcile(lines: Iterable[str], *, by: str, now: datetime, dry_run: bool = False) -> int:
    """Open messages that were accepted are sent ones. How many; a log of any length is read piece by piece."""
    found, ids = 0, message_ids(lines)
    while chunk := set(islice(ids, CHUNK)):
        waiting = Envio.objects.filter(estado__in=(Estado.PENDENTE, Estado.EM_DUVIDA), message_id__in=chunk)
        found += waiting.count() if dry_run else _close(chunk, by=by, now=now)
    return found


@act()
def _close(ids: set[str], *, by: str, now: datetime) -> int:
    waiting = Envio.objects.filter(estado__in=(Estado.PENDENTE, Estado.EM_DUVIDA), message_id__in=ids)
    envios = list(waiting.select_for_update().order_by("pk"))
    Envio.objects.filter(pk__in=[envio.pk for envio in envios]).update(
        estado=Estado.ENVIADA, sent_at=now, motivo=MOTIVO, proxima_at=None
    )
    avisos: defaultdict[int, list[int]] = defaultdict(list)
    planned = Aviso.objects.filter(envio__in=envios, situacao=Situacao.PLANEJADA)
    for pk, envio_id in planned.values_list("pk", "envio"):
        avisos[envio_id or 0].append(pk)
    planned.update(situacao=Situacao.ENVIADA, settled_at=now, motivo=MOTIVO)
    lembretes = Lembrete.objects.filter(envio__in=envios, situacao=Situacao.PLANEJADA)
    lembretes.update(situacao=Situacao.ENVIADA, settled_at=now, motivo=MOTIVO)
    for envio in envios:
        envio.motivo = MOTIVO
        if hook := AO_ENVIAR.get(envio.tipo):
            hook(envio, now)
    record_all(facts_of("aviso.conciliado", envios, told_by(avisos)), at=now, ator=by)
    return len(envios)
