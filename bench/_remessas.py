"""The three ways of bench/correio.py."""

import cProfile
import importlib
import os
import pstats
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from notificacoes import mail
from notificacoes.mensagens import Carta, write_all
from notificacoes.models import Envio, Estado
from notificacoes.services.entrega import deliver
from portal import clock
from tests import fila_cheia, operarios

ROOT = Path(__file__).resolve().parents[1]
TASKS = 0.1  # of the slow way only so many: its rate is the same
READY_WITHIN = 60.0


@dataclass(frozen=True)
class Medida:
    each: int  # mails a round
    rounds: int
    processes: int  # that ours runs in


def run(medida: Medida, *, profile: bool) -> int:
    sink = subprocess.Popen([sys.executable, ROOT / "bench/_sumidouro.py"], stdout=subprocess.PIPE)
    try:
        assert sink.stdout
        settings.EMAIL_BACKEND = mail.SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sink.stdout.readline())
        fila_cheia.fill(medida.each * medida.rounds, now=clock.now())
        return _profile() if profile else _compare(medida)
    finally:
        sink.kill()
        sink.wait()


def _profile() -> int:
    profiler = cProfile.Profile()
    profiler.runcall(ours)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(45)
    return 0


def ours() -> int:
    with mail.connect() as correio:
        return deliver(correio=correio, agora=clock.now, relogio=clock.instant, tudo=True).enviadas


def side_by_side(processes: int) -> int:
    """With the forks and the new connections that a worker of Celery would not need."""
    before = Envio.objects.filter(estado=Estado.ENVIADA).count()
    for pid in [operarios.fork(ours) for _ in range(processes)]:
        assert operarios.wait(pid) == 0
    return Envio.objects.filter(estado=Estado.ENVIADA).count() - before


def plain(texts: list[tuple[str, str, bytes]]) -> int:
    with smtplib.SMTP("127.0.0.1", settings.EMAIL_PORT) as server:
        for sender, recipient, data in texts:
            server.sendmail(sender, [recipient], data)
    return len(texts)


def _compare(medida: Medida) -> int:
    each, rounds, processes = medida.each, medida.rounds, medida.processes
    rows = list(Envio.objects.order_by("pk"))
    Envio.objects.update(estado=Estado.CANCELADA)
    least = mine = slow = 0.0
    counts = [0, 0, 0]
    with Tarefas() as tarefas:
        tarefas.send([rows[0].pk])  # the worker is up
        for number in range(rounds):
            share = rows[number * each : (number + 1) * each]
            texts = ready(share)
            few = [envio.pk for envio in share[: int(each * TASKS)]]
            slow += timed(lambda few=few: tarefas.send(few), counts, 2)
            Envio.objects.filter(pk__in=[envio.pk for envio in share]).update(estado=Estado.PENDENTE, sent_at=None)
            least += timed(lambda texts=texts: plain(texts), counts, 0)
            mine += timed(lambda: side_by_side(processes) if processes > 1 else ours(), counts, 1)
    rates = [count / seconds for count, seconds in zip(counts, (least, mine, slow), strict=True)]
    size = sum(len(data) for _, _, data in texts) // each
    names = ("plain smtplib, one connection", f"ours, {processes} process(es)", "one Celery task a mail")
    print(f"{each * rounds} mails of {size} bytes (text + HTML), {rounds} rounds")
    for name, count, rate in zip(names, counts, rates, strict=True):
        print(f"{name:32}{count:>8} mails{rate:>9.0f}/s{rate / rates[0]:>7.2f} × smtplib")
    print(f"{'ours ÷ smtplib':32}{rates[1] / rates[0]:>9.2f}      goal ≥ 0.30")
    print(f"{'ours ÷ one task a mail':32}{rates[1] / rates[2]:>9.2f}      goal ≥ 3.00")
    return 0 if counts[1] == each * rounds else 1


def timed(way: Callable[[], int], counts: list[int], which: int) -> float:
    start = time.perf_counter()
    counts[which] += way()
    return time.perf_counter() - start


def ready(envios: list[Envio]) -> list[tuple[str, str, bytes]]:
    cartas = [carta for carta in write_all(envios, now=clock.now()).values() if isinstance(carta, Carta)]
    return [(c.mensagem.from_email, c.endereco, c.mensagem.message().as_bytes(linesep="\r\n")) for c in cartas]


class Tarefas:
    """A Celery worker, and the task that it runs once for each mail."""

    def __enter__(self) -> "Tarefas":
        self.task = importlib.import_module("bench._celery").send_one  # the worker's own module
        env = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}"}
        command = [sys.executable, "-m", "celery", "--app=bench._celery", "--quiet", "worker", "--loglevel=error"]
        self.worker = subprocess.Popen([*command, "--without-gossip", "--without-mingle"], env=env, cwd=ROOT)
        return self

    def __exit__(self, *error: object) -> None:
        self.worker.terminate()
        self.worker.wait()

    def send(self, envios: list[int]) -> int:
        Envio.objects.filter(pk__in=envios).update(estado=Estado.PENDENTE, sent_at=None)
        for pk in envios:
            self.task.delay(pk=pk)
        end = time.monotonic() + READY_WITHIN
        while Envio.objects.filter(pk__in=envios, estado=Estado.PENDENTE).exists() and time.monotonic() < end:
            time.sleep(0.01)
        return Envio.objects.filter(pk__in=envios, estado=Estado.ENVIADA).count()
