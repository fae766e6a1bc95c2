"""The restore drill: a real dump, restored into an empty database; what went out after it is not sent again."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from notificacoes.models import Aviso, Envio, Estado, Situacao
from notificacoes.services import plan
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.auditoria.selectors import verify_chain
from tests import fila_cheia, servidores
from tests.comandos.executar import run
from tests.correio import Servidor, accept_then, cut, point_to
from tests.notificacoes.cena import register
from tests.notificacoes.entregas import Relogio

LOG = "nov 22 08:0{n}:01 mx postfix/cleanup[812]: 4XyZ{n}: message-id=<{id}>\n"


pytestmark = pytest.mark.django_db(transaction=True)


class Copia:
    """What `pg_dump` wrote, and the database that `pg_restore` makes of it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "portal.dump"
        self.name, self.of = f"restaurado_{os.getpid()}", str(connection.settings_dict["NAME"])
        self.server = os.environ["DATABASE_URL"].rpartition("/")[0]
        self._run("pg_dump", "--format=custom", f"--file={self.file}", f"{self.server}/{self.of}")

    @contextmanager
    def restored(self) -> Iterator[None]:
        """In the place of the database that is lost."""
        self._run("createdb", f"--maintenance-db={self.server}/postgres", self.name)
        self._run("pg_restore", "--exit-on-error", f"--dbname={self.server}/{self.name}", str(self.file))
        connection.close()
        connection.settings_dict["NAME"] = self.name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = self.of
            self._run("dropdb", f"--maintenance-db={self.server}/postgres", self.name)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run([servidores.postgres_program(program), *arguments], check=True, timeout=120)


@dataclass(frozen=True)
class Vida:
    servidor: Servidor
    copia: Copia
    accepted: list[str]  # Message-IDs, before the database was lost


@pytest.fixture
def life(agente: Agente, ana: Usuario, tmp_path: Path, settings: Settings, relogio: Relogio) -> Iterator[Vida]:
    """One is in doubt at the backup; after it that one goes again, three go, and one more is planned and goes."""
    refusals = {f"RCPT p{number}@exemplo.test": "450 ocupada" for number in (4, 5)}
    with Servidor({"PONTO": iter([accept_then(cut)]), **refusals}) as servidor:
        point_to(settings, servidor)
        fila_cheia.fill(1, now=relogio.now)
        relogio.deliver()
        fila_cheia.fill(5, now=relogio.now, start=1)
        register(agente, ends=relogio.now + timedelta(days=8))
        copia = Copia(tmp_path)
        relogio.pass_(days=1)
        plan(now=relogio.now)
        relogio.deliver()
        servidor.roteiro = {}
        yield Vida(servidor, copia, list(servidor.ids))


def test_after_a_restore_nothing_goes_twice(life: Vida, tmp_path: Path, settings: Settings, relogio: Relogio) -> None:
    log = tmp_path / "mail.log"
    log.write_text("".join(LOG.format(n=n, id=one) for n, one in enumerate(life.accepted)) + "lixo \ufffd\n")
    settings.ENVIO_SUSPENSO = True

    with life.copia.restored():
        doubtful = Envio.objects.filter(estado=Estado.EM_DUVIDA).count()
        plan(now=relogio.now)
        held = relogio.deliver()
        said = [run("conciliar_envios", *how).texto.split(": ")[1] for how in ((log, "--simular"), (log,), (log,))]
        settings.ENVIO_SUSPENSO = False
        relogio.deliver()

        waited = Envio.objects.filter(destinatario__username__in=("p4", "p5"))
        assert (len(life.accepted), len(set(life.accepted)), doubtful, held.enviadas) == (6, 5, 1, 0)
        assert said == ["5 (simulação).\n", "5.\n", "0.\n"]
        assert sorted(life.servidor.ids[6:]) == sorted(waited.values_list("message_id", flat=True))
        assert not Envio.objects.exclude(estado=Estado.ENVIADA).exists()
        assert not Aviso.objects.filter(situacao=Situacao.PLANEJADA).exists()
        assert Evento.objects.filter(tipo="aviso.conciliado").count() == 5
        assert Envio.objects.filter(motivo="conciliado com o registro do servidor").count() == 5
        assert verify_chain().quebra is None


def test_what_the_server_refused_was_not_accepted(tmp_path: Path) -> None:
    fila_cheia.fill(1, now=Relogio().now)
    refused = f"postfix/cleanup[1]: 4X: milter-reject: END-OF-MESSAGE message-id=<{Envio.objects.get().message_id}>\n"
    (tmp_path / "mail.log").write_text(refused)

    assert "servidor: 0." in run("conciliar_envios", tmp_path / "mail.log").texto
