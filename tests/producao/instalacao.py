"""An installation laid out as the image is; the services of docker-compose.yml run in it as plain processes."""

import fnmatch
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from tests import servidores
from tests.producao import composicao

SLOW = 60  # seconds that a service may take to be well on a busy machine


def image_files() -> Iterator[str]:
    """What .dockerignore lets into the image: the lines with `!`, less the others; all else is out."""
    lines = [line for line in (composicao.ROOT / ".dockerignore").read_text().splitlines() if line[:1] not in "#"]
    let_in = [line[1:] for line in lines if line.startswith("!")]
    left_out = [line.removeprefix("**/") for line in lines if not line.startswith("!") and line != "*"]
    for wanted in let_in:
        top = composicao.ROOT / wanted
        for path in [top, *top.rglob("*")]:
            name = path.relative_to(composicao.ROOT).as_posix()
            if path.is_file() and not any(fnmatch.fnmatch(f"/{name}", f"*/{out}/*") for out in left_out):
                yield name


class Installation:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = servidores.free_port()
        self.database = f"producao_{os.getpid()}"
        self.values = composicao.example()
        for name in image_files():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(composicao.ROOT / name, folder / name)

    def environment(self, service: str) -> dict[str, str]:
        """The file's own, but for the servers, which are the tests', and the port, which is a free one."""
        server = os.environ["DATABASE_URL"].rpartition("/")[0]
        return composicao.environment(service, self.values) | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PORTAL_VAR": str(self.folder / "var"),
            "DATABASE_URL": f"{server}/{self.database}",
            "REDIS_URL": f"{os.environ['REDIS_URL'].rpartition('/')[0]}/15",
            "GUNICORN_CMD_ARGS": f"--bind=127.0.0.1:{self.port}",
            "PORTA": str(self.port),
            "HOSTNAME": socket.gethostname(),
            "BEAT_AGENDA": str(self.folder / "agenda-do-beat"),
        }

    def words(self, command: list[str]) -> list[str]:
        """The container's /tmp is a folder of this installation."""
        return [word.replace("/tmp/", f"{self.folder}/") for word in command]  # noqa: S108 - a text, not a file

    def run(self, service: str, *command: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """To its end: the service's own command, or another in its place."""
        words = self.words(list(command) or composicao.command(service, self.values))
        env = self.environment(service) | changes
        return subprocess.run(words, env=env, cwd=self.folder, capture_output=True, text=True, timeout=SLOW)

    def healthy(self, service: str) -> bool:
        return self.run(service, *composicao.health_command(service, self.values)).returncode == 0

    @contextmanager
    def started(self, service: str) -> Iterator[subprocess.Popen[bytes]]:
        """Running and well; asked to stop at the end, as docker would."""
        log = self.folder / f"{service}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                self.words(composicao.command(service, self.values)),
                env=self.environment(service), cwd=self.folder, stdout=output, stderr=output,
                preexec_fn=servidores.die_with_parent(signal.SIGKILL),
            )  # fmt: skip
        try:
            end = time.monotonic() + SLOW
            while not self.healthy(service):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < end, log.read_text()
                time.sleep(0.3)
            yield process
            process.send_signal(signal.SIGTERM)
            process.wait(30)
        finally:
            process.kill()
            process.wait()

    @contextmanager
    def own_database(self) -> Iterator[None]:
        connection = psycopg2.connect(os.environ["DATABASE_URL"])
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {self.database}")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {self.database} WITH (FORCE)")
            connection.close()
