import http.client
import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal import clock
from portal.management.commands.demo import MERCADO, accounts
from portal.management.processos import Conjunto

LOOPBACK = "127.0.0.1"
WEB = (
    "gunicorn", "portal.wsgi:application", "--worker-class=gthread", "--workers=1", "--threads=8",
    "--no-control-socket", "--log-level=warning",
)  # fmt: skip
CELERY = ("celery", "--app=portal", "--quiet")
WORKER = (
    *CELERY,
    "worker",
    "--pool=threads",
    "--concurrency=2",
    "--without-gossip",
    "--without-mingle",
    "--loglevel=warning",
)
BEAT = (*CELERY, "beat", "--pidfile=", "--loglevel=warning")


class Command(BaseCommand):
    help = "O portal numa máquina só: migra, povoa a demonstração e sobe web, tarefas e agenda juntos."

    def handle(self, **options: Any) -> None:
        self._check_port()
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise complains of a missing folder
        call_command("migrate", interactive=False, verbosity=0)
        if settings.AMBIENTE == "demo":
            MERCADO.populate(settings.PORTAL_VAR, now=clock.now())
        with Conjunto(settings.BASE_DIR) as processes:
            processes.start("web", [*WEB, f"--bind={LOOPBACK}:{settings.PORTA}"])
            processes.start("tarefas", WORKER)
            # Apart, not inside the worker: a worker that is killed would leave its beat behind.
            processes.start("agenda", [*BEAT, f"--schedule={settings.PORTAL_VAR / 'agenda-do-beat'}"])
            if processes.until(self._answers):
                self._greet()
            ended = processes.wait()
        if ended:
            raise CommandError(f"O processo “{ended}” terminou sozinho, e os outros com ele. Veja a mensagem acima.")

    def _check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, settings.PORTA))
            except (OSError, OverflowError) as error:
                hint = "defina outra em PORTA, como PORTA=8001 ./dev run"
                raise CommandError(f"A porta {settings.PORTA} não está livre ({error}); {hint}.") from None

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, settings.PORTA, timeout=5)
        try:
            connection.request("GET", "/saude/", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".")})
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _greet(self) -> None:
        lines = [self.style.SUCCESS(f"Portal no ar: http://{LOOPBACK}:{settings.PORTA}/"), "Ctrl-C encerra."]
        if settings.AMBIENTE == "demo":
            lines.insert(1, accounts())
        self.stdout.write("\n".join(lines))
        self.stdout.flush()
