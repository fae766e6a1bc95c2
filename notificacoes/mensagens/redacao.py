"""One writer per kind of message; what goes wrong with one of a batch stays with that one."""

from collections.abc import Sequence
from datetime import datetime

from django.core.mail import EmailMultiAlternatives

from notificacoes.mensagens.carta import Carta, Desistencia
from notificacoes.models import Envio, Situacao


def write_all(envios: Sequence[Envio], *, now: datetime) -> dict[int, Carta | Desistencia]:
    """Envio id -> its mail as of `now`, or why there is none. A constant number of queries for the whole batch."""
    return {envio.pk: _write(envio) for envio in envios}


def _write(envio: Envio) -> Carta | Desistencia:
    avisos = list(envio.avisos.filter(situacao=Situacao.PLANEJADA))
    message = EmailMultiAlternatives(
        subject="[Plataforma de Integração] Certificado vence",
        body="\n".join(f"{aviso.certificado} vence em {aviso.vence_em}" for aviso in avisos),
        to=[envio.destinatario.email],
        headers={"Message-ID": f"<{envio.message_id}>"},
    )
    return Carta(message, envio.destinatario.email, tuple(aviso.pk for aviso in avisos))
