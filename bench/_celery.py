"""What many systems do: one task for each mail, a connection each, the row marked afterwards. No lease, no ledger."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from notificacoes.mensagens import Carta, write_all  # noqa: E402 - after the set-up
from notificacoes.models import Envio, Estado  # noqa: E402 - Django first
from portal import clock  # noqa: E402 - Django first
from portal.celery import app  # noqa: E402 - Django first

__all__ = ["app", "send_one"]


@app.task
def send_one(*, pk: int) -> None:
    envio = Envio.objects.get(pk=pk)
    carta = write_all([envio], now=clock.now())[pk]
    assert isinstance(carta, Carta)
    carta.mensagem.send()
    Envio.objects.filter(pk=pk).update(estado=Estado.ENVIADA, sent_at=clock.now())
