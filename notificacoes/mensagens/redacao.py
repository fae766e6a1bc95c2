"""One writer per kind of message; what goes wrong with one of a batch stays with that one."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation

from notificacoes.domain import motivos
from notificacoes.mensagens import contrato, convite, devolucao, exclusao, papel, politica, solicitacao, vencimento
from notificacoes.mensagens import vencimento_de_par as par
from notificacoes.mensagens.carta import Carta, Desistencia
from notificacoes.mensagens.lote import Lote, load
from notificacoes.models import Envio, Estado, Tipo
from portal.kernel.text import visible

logger = logging.getLogger(__name__)
ESCRITORES: dict[str, Callable[[Envio, Lote], Carta | Desistencia]] = {
    Tipo.VENCIMENTO: vencimento.write,
    Tipo.EXCLUSAO: exclusao.write,
    Tipo.SOLICITACAO: solicitacao.write,
    Tipo.DEVOLUCAO: devolucao.write,
    Tipo.CONVITE: convite.write,
    Tipo.CONTRATO: contrato.write,
    Tipo.POLITICA: politica.write,
    Tipo.PAR: par.write,
}


def write_all(envios: Sequence[Envio], *, now: datetime) -> dict[int, Carta | Desistencia]:
    """Envio id -> its mail as of `now`, or why there is none. A constant number of queries for the whole batch."""
    lote = load(envios, now=now)
    return {envio.pk: _write(envio, lote) for envio in envios}


def _write(envio: Envio, lote: Lote) -> Carta | Desistencia:
    if not lote.pessoas[envio.destinatario_id].is_active:
        return papel.cancelled(motivos.PESSOA_INATIVA)
    try:
        with translation.override(lote.idiomas.get(envio.destinatario_id, settings.LANGUAGE_CODE)):
            return ESCRITORES[envio.tipo](envio, lote)
    except Exception as error:
        # Everything was read before: whatever this is, it concerns this mail alone and would fail again.
        logger.exception("não foi possível escrever a mensagem %s", envio.pk)
        return Desistencia(Estado.MORTA, visible(f"não foi possível escrever a mensagem: {error!r}", 250))
