"""The restore drill: what went out after the backup is recognised in the mail server's log and not sent again."""

from pathlib import Path

import pytest
from django.core import serializers
from pytest_django import Settings

from notificacoes.models import Aviso, Envio, Estado, Situacao
from portal.auditoria.models import Evento
from tests import fila_cheia
from tests.comandos.executar import run
from tests.correio import Servidor, point_to
from tests.notificacoes.entregas import Relogio

pytestmark = pytest.mark.django_db
LOG = "nov 22 08:0{n}:01 mx postfix/cleanup[812]: 4XyZ{n}: message-id=<{id}>\n"


def test_after_a_restore_nothing_goes_twice(tmp_path: Path, settings: Settings) -> None:
    relogio, log = Relogio(), tmp_path / "mail.log"
    fila_cheia.fill(6, now=relogio.now)
    backup = serializers.serialize("json", [*Envio.objects.all(), *Aviso.objects.all()])
    with Servidor({"RCPT p4@exemplo.test": "450 ocupada", "RCPT p5@exemplo.test": "450 ocupada"}) as servidor:
        point_to(settings, servidor)
        relogio.deliver()
        log.write_text("".join(LOG.format(n=n, id=one) for n, one in enumerate(servidor.ids)) + "lixo \ufffd\n")
        settings.ENVIO_SUSPENSO = True
        for row in serializers.deserialize("json", backup):
            row.save()

        held = relogio.deliver()
        dry = run("conciliar_envios", log, "--simular")
        done = run("conciliar_envios", log)
        again = run("conciliar_envios", log)
        settings.ENVIO_SUSPENSO = False
        servidor.roteiro = {}
        relogio.deliver()

    assert held.enviadas == 0
    assert [said.texto.split(": ")[1] for said in (dry, done, again)] == ["4 (simulação).\n", "4.\n", "0.\n"]
    assert sorted(servidor.ids) == sorted(Envio.objects.values_list("message_id", flat=True))
    assert not Envio.objects.exclude(estado=Estado.ENVIADA).exists()
    assert not Aviso.objects.exclude(situacao=Situacao.ENVIADA).exists()
    assert Evento.objects.filter(tipo="aviso.conciliado").count() == 4
    assert Envio.objects.filter(motivo="conciliado com o registro do servidor").count() == 4


def test_what_the_server_refused_was_not_accepted(tmp_path: Path) -> None:
    fila_cheia.fill(1, now=Relogio().now)
    refused = f"postfix/cleanup[1]: 4X: milter-reject: END-OF-MESSAGE message-id=<{Envio.objects.get().message_id}>\n"
    (tmp_path / "mail.log").write_text(refused)

    assert "servidor: 0." in run("conciliar_envios", tmp_path / "mail.log").texto
