"""Celery and Redis only wake the sweep: lost, flushed, doubled or absent, they cost time and never a mail."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import repeat
from pathlib import Path

import pytest
import redis
from django.db import connection, transaction

from certificados import services as certificados
from certificados.models import Certificado
from notificacoes.models import Envio, Estado
from notificacoes.tasks import sweep
from portal import clock
from portal.agentes import services as agentes
from portal.agentes.models import Agente, Papel, Usuario
from portal.celery import app
from tests import factories, servidores
from tests.correio import Servidor, later
from tests.notificacoes.cena import register

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds; the machine may be busy with other tests
CELERY = (sys.executable, "-W", "ignore", "-m", "celery", "--app=portal", "--quiet")
WORKER = (*CELERY, "worker", "--pool=threads", "--concurrency=2", "--without-gossip", "--without-mingle")
PEOPLE = 8
IN_A_HURRY = "--app=tests.notificacoes.impaciente"
IMPATIENT = tuple(part.replace("--app=portal", IN_A_HURRY) for part in WORKER)
COMMITTED_LATE: dict[str, Callable[[Usuario, Certificado], object]] = {
    "a message": lambda ana, certificado: agentes.request_password_reset(ana, now=clock.now()),
    "an entry of the ledger": lambda ana, certificado: certificados.remove(
        certificado, motivo="comprometido", by="operacao", now=clock.now()
    ),
}


class Fila:
    """A Redis of the test's own, that it may empty and stop."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, servidores.free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            servidores.redis_command(self.port, self.folder),
            stdout=subprocess.DEVNULL, preexec_fn=servidores.die_with_parent(signal.SIGTERM),
        )  # fmt: skip
        wait_for(self._answers)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port)

    def _answers(self) -> bool:
        try:
            return bool(self.client().ping())
        except redis.ConnectionError:
            return False


def wait_for(condition: Callable[[], bool], *, meanwhile: Callable[[], object] = lambda: None) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "nothing came of it"
        meanwhile()
        time.sleep(0.2)


@pytest.fixture
def fila(tmp_path: Path) -> Iterator[Fila]:
    fila = Fila(tmp_path)
    yield fila
    fila.stop()


@pytest.fixture
def owed(transactional_db: None) -> list[str]:
    """A certificate with three days left, and the addresses of those who must be told."""
    agente = factories.create_agente("SERRA AZUL")
    register(agente, ends=clock.now() + timedelta(days=3))
    people = [factories.create_usuario(f"p{number}") for number in range(PEOPLE)]
    for person in people:
        factories.represent(person, agente, Papel.REPRESENTANTE_CCEE)
    return sorted(person.email for person in people)


@pytest.fixture
def servidor() -> Iterator[Servidor]:
    with Servidor() as servidor:
        yield servidor


def environment(servidor: Servidor, folder: Path, redis_url: str) -> dict[str, str]:
    database = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"
    env = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    env |= {"DATABASE_URL": database, "PORTAL_VAR": str(folder), "EMAIL_URL": f"smtp://127.0.0.1:{servidor.porta}"}
    return env | ({"REDIS_URL": redis_url} if redis_url else {})


@contextmanager
def running(*commands: tuple[str, ...], env: dict[str, str], folder: Path) -> Iterator[None]:
    log = folder / "log"
    with log.open("ab") as output:
        started = [
            subprocess.Popen(command, env=env, cwd=ROOT, stdout=output, stderr=output, start_new_session=True)
            for command in commands
        ]
    try:
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        print(log.read_text())  # noqa: T201 - pytest shows it where the test fails


def beat(folder: Path, number: int) -> tuple[str, ...]:
    schedule = f"--schedule={folder / f'agenda{number}'}"
    return (*CELERY[:-2], IN_A_HURRY, "--quiet", "beat", "--pidfile=", schedule, "--loglevel=info")


def told(servidor: Servidor) -> list[str]:
    return sorted(recebida.para for recebida in servidor.recebidas)


def test_two_beats_and_a_redis_emptied_every_moment_lose_and_double_nothing(
    owed: list[str], fila: Fila, servidor: Servidor, tmp_path: Path
) -> None:
    env = environment(servidor, tmp_path, fila.url)
    with running(WORKER, beat(tmp_path, 1), beat(tmp_path, 2), env=env, folder=tmp_path):
        wait_for(lambda: len(servidor.recebidas) >= PEOPLE, meanwhile=fila.client().flushall)
        agente = Agente.objects.get()
        late = factories.create_usuario("tarde")
        factories.represent(late, agente, Papel.REPRESENTANTE_CCEE)
        wait_for(lambda: len(servidor.recebidas) > PEOPLE, meanwhile=fila.client().flushall)

    assert told(servidor) == sorted([*owed, late.email])
    assert len(set(servidor.ids)) == PEOPLE + 1


def test_a_redis_that_went_away_and_came_back_empty_costs_a_wait(
    owed: list[str], fila: Fila, servidor: Servidor, tmp_path: Path
) -> None:
    env = environment(servidor, tmp_path, fila.url)
    fila.stop()
    with running(WORKER, beat(tmp_path, 1), env=env, folder=tmp_path):
        time.sleep(3)  # both look for it meanwhile
        fila.start()
        wait_for(lambda: len(servidor.recebidas) >= PEOPLE)

    assert told(servidor) == owed


def test_without_any_redis_the_command_sends_it_all(owed: list[str], servidor: Servidor, tmp_path: Path) -> None:
    nobody = f"redis://127.0.0.1:{servidores.free_port()}/0"
    command = [sys.executable, "manage.py", "enviar_avisos"]

    both = [
        subprocess.Popen(command, env=environment(servidor, tmp_path, nobody), cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=PATIENCE)[0].decode() for process in both]

    assert [process.returncode for process in both] == [0, 0], said
    assert told(servidor) == owed


def test_without_redis_the_queue_of_files_wakes_the_sweep(owed: list[str], servidor: Servidor, tmp_path: Path) -> None:
    env = environment(servidor, tmp_path, "")
    publish = [sys.executable, "-c", "from portal.celery import app; app.send_task('notificacoes.tasks.sweep')"]
    with running(WORKER, env=env, folder=tmp_path):
        subprocess.run(publish, env=env, cwd=ROOT, check=True, timeout=PATIENCE)
        wait_for(lambda: len(servidor.recebidas) >= PEOPLE)

    assert told(servidor) == owed


def test_the_queue_knows_nothing_about_anybody(owed: list[str], fila: Fila) -> None:
    with app.connection_for_write(fila.url) as link:
        for name in [entry["task"] for entry in app.conf.beat_schedule.values()]:
            app.send_task(name, connection=link)

    client = fila.client()
    held = repr([client.lrange(key, 0, -1) for key in client.scan_iter() if client.type(key) == b"list"])
    assert "notificacoes.tasks.sweep" in held
    assert "exemplo.test" not in held
    assert "SERRA AZUL" not in held


def test_a_task_handed_out_again_while_it_runs_sends_nothing_twice(
    owed: list[str], fila: Fila, servidor: Servidor, tmp_path: Path
) -> None:
    """The broker takes the task for lost after a second; the mail server takes three for the messages."""
    began = tmp_path / "iniciadas"
    env = environment(servidor, tmp_path, fila.url) | {"INICIADAS": str(began)}
    servidor.roteiro = {"RCPT": repeat(later("250 ok", seconds=3 / PEOPLE))}
    with app.connection_for_write(fila.url) as link:
        app.send_task("notificacoes.tasks.sweep", connection=link)
    with running(IMPATIENT, IMPATIENT, env=env, folder=tmp_path):
        wait_for(lambda: len(servidor.recebidas) >= PEOPLE)

    tasks = began.read_text().split()
    assert len(set(tasks)) == 1 < len(tasks), "nothing was handed out again: the test shows nothing"
    assert told(servidor) == owed
    assert set(Envio.objects.values_list("tentativas", "repeticoes")) == {(1, 0)}


@pytest.mark.parametrize("what", COMMITTED_LATE)
def test_what_is_committed_while_a_sweep_looks_goes_with_the_next(
    what: str, transactional_db: None, agente: Agente, ana: Usuario
) -> None:
    """Nothing is published for one request: a sweep that came too early costs one interval, and misses nothing."""
    certificado = register(agente, ends=clock.now() + timedelta(days=200))
    done = threading.Event()

    def request() -> None:
        try:
            with transaction.atomic():
                COMMITTED_LATE[what](ana, certificado)
                done.set()
                time.sleep(1)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        committed = pool.submit(request)
        assert done.wait(PATIENCE)
        sweep()  # in the meantime, or as long as the ledger makes it wait
        committed.result(PATIENCE)
    sweep()

    assert Envio.objects.get().estado == Estado.ENVIADA
