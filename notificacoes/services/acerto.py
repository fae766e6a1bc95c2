"""Writing down what became of the messages of a batch: their rows, the notices they tell of, the ledger, tasks."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import uniform

from notificacoes.domain import motivos
from notificacoes.domain.repeticao import Prazos
from notificacoes.domain.resultado import Desfecho, Resultado
from notificacoes.mensagens import Carta, Desistencia
from notificacoes.models import Aviso, Envio, Estado, Lembrete, Situacao
from notificacoes.services.fila import Arrendado, write
from notificacoes.services.nao_entregues import ATOR, Dito, close_unsent, facts_of
from notificacoes.services.por_linha import update_rows
from portal.auditoria.services import Fato, act, record_all
from portal.kernel.text import visible

logger = logging.getLogger(__name__)

# Kind of message -> what else is true once it went out; runs in the transaction that records it.
AO_ENVIAR: dict[str, Callable[[Envio, datetime], object]] = {}

ESGOTADA = "{tentativas} tentativas sem sucesso; a última resposta: {resposta}"


@dataclass(frozen=True, slots=True)
class Feito:
    """One message and how its turn ended, in the portal's time and the machine's."""

    arrendado: Arrendado
    fim: Resultado | Desistencia
    at: datetime
    instant: datetime
    carta: Carta | None = None

    @property
    def envio(self) -> Envio:
        return self.arrendado.envio


def settle(feitos: Sequence[Feito], *, token: str, now: datetime, prazos: Prazos) -> list[Envio]:
    """One transaction for all of them; those whose lease somebody else has by now are left out, and logged."""
    if not feitos:
        return []
    for feito in feitos:
        _conclude(feito, prazos)
    with act():
        ours = write([feito.envio for feito in feitos], token=token)
        kept = [feito for feito in feitos if feito.envio.pk in ours]
        fatos = _close_sent([feito for feito in kept if feito.envio.estado == Estado.ENVIADA], now=now)
        unsent = [f.envio for f in kept if f.envio.estado in (Estado.MORTA, Estado.CANCELADA)]
        record_all([*fatos, *close_unsent(unsent, now=now)], at=now, ator=ATOR)
    for feito in feitos:
        if feito.envio.pk not in ours:
            logger.warning("tarde demais: %s, %s", feito.envio.message_id, feito.fim)
    return [feito.envio for feito in kept]


def _conclude(feito: Feito, prazos: Prazos) -> None:
    """The row as it will be written."""
    envio, fim = feito.envio, feito.fim
    envio.proxima_at = None
    if isinstance(fim, Desistencia):
        doubtful = feito.arrendado.antes == Estado.EM_DUVIDA
        feito.arrendado.untried()
        envio.estado, envio.motivo = fim.estado, visible(fim.motivo, 240) + (motivos.TALVEZ if doubtful else "")
        return
    envio.endereco = feito.carta.endereco[:254] if feito.carta else ""
    envio.smtp_codigo, envio.smtp_resposta = fim.codigo, visible(fim.resposta, 490)
    envio.corpo_sha256, envio.motivo = fim.sha256, visible(fim.resposta, 290)
    match fim.desfecho:
        case Desfecho.ENTREGUE:
            envio.estado, envio.sent_at, envio.motivo = Estado.ENVIADA, feito.at, ""
        case Desfecho.RECUSADA:
            feito.arrendado.unsent().estado = Estado.MORTA
        case Desfecho.ADIADA:
            wait = prazos.wait(envio.tentativas, sorte=uniform(-1, 1))  # noqa: S311 - no secret
            feito.arrendado.unsent().proxima_at = feito.instant + wait
        case Desfecho.EM_DUVIDA:
            envio.estado, envio.proxima_at = Estado.EM_DUVIDA, feito.instant + prazos.duvida
    if envio.tentativas >= prazos.tentativas and envio.estado in (Estado.PENDENTE, Estado.EM_DUVIDA):
        resposta = visible(fim.resposta, 200)
        envio.motivo = ESGOTADA.format(tentativas=envio.tentativas, resposta=resposta)
        envio.estado, envio.proxima_at = Estado.MORTA, None


def _close_sent(feitos: Sequence[Feito], *, now: datetime) -> list[Fato]:
    """The notices that the text told of were sent, whatever became of them meanwhile."""
    told = {feito.envio.pk: feito.carta for feito in feitos if feito.carta}
    rows = [[aviso, envio, Situacao.ENVIADA, "", now] for envio, carta in told.items() for aviso in carta.avisos]
    update_rows(Aviso, by="id", columns=("envio", "situacao", "motivo", "settled_at"), rows=rows)
    rows = [[each, envio, Situacao.ENVIADA, "", now] for envio, carta in told.items() for each in carta.lembretes]
    update_rows(Lembrete, by="id", columns=("envio", "situacao", "motivo", "settled_at"), rows=rows)
    for feito in feitos:
        if hook := AO_ENVIAR.get(feito.envio.tipo):
            hook(feito.envio, now)
    ditos = {
        envio: [Dito(one.antecedencia, one.sha256, one.empresa.cnpj, carta.usuario) for one in carta.devidos]
        for envio, carta in told.items()
    }
    return facts_of("aviso.enviado", [feito.envio for feito in feitos], ditos)
