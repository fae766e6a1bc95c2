"""The server, the agentes and the load of bench/gateway.py."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from adesao import hashing
from adesao.models import Credencial
from certificados.models import Certificado
from portal import clock
from portal.agentes.models import Agente, Escopo
from portal.agentes.services import issue_key
from tests import factories, fila_cheia, servidores

SENHA = "40719362"
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")
PERCENTILE = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)$", re.MULTILINE)
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
BODY = '{"usuario": "%s", "senha": "%s", "certificado_sha256": "%s"}'


def populate(agentes: int) -> str:
    """As many companies that have adhered with one certificate each; gives the gateway's key."""
    now = clock.now()
    fila_cheia.fill(agentes, now=now)
    senha_hash = hashing.make_hash(SENHA)
    facts: dict[str, Any] = {"senha_hash": senha_hash, "adhered_at": now, "changed_at": now, "changed_by": "bench"}
    Credencial.objects.bulk_create(Credencial(agente=agente, **facts) for agente in Agente.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return issue_key("bench", escopo=Escopo.GATEWAY, agente=None, by=factories.BY, now=now)


def callers(count: int) -> list[str]:
    """Bodies of the questions."""
    rows = Certificado.objects.order_by("pk").values_list("agente__cnpj", "sha256")[:count]
    return [BODY % (cnpj, SENHA, sha256) for cnpj, sha256 in rows]


@contextmanager
def server(folder: Path, *, processos: int) -> Iterator[str]:
    """gunicorn as deploy/ has it, on a free port of the loopback."""
    port = servidores.free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "--config=deploy/gunicorn.conf.py", "bench._vazia:application"]
    command = [*gunicorn, f"--bind=127.0.0.1:{port}", f"--workers={processos}", "--max-requests=0", "--log-level=error"]
    env = os.environ | {"PYTHONPATH": str(Path.cwd()), "ALLOWED_HOSTS": "127.0.0.1"}
    with (folder / "gunicorn.log").open("wb") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        try:
            servidores.wait_until(lambda: _open(port), OSError, log=folder / "gunicorn.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _open(port: int) -> None:
    urllib.request.urlopen(f"http://127.0.0.1:{port}/vazia/").read()


def ask(url: str, key: str, body: str) -> str:
    request = urllib.request.Request(f"{url}/api/v1/autorizacao/", body.encode(), _headers(key))  # noqa: S310 - as above
    while True:
        try:
            return str(urllib.request.urlopen(request).read())  # noqa: S310 - as above
        except urllib.error.HTTPError as busy:  # 503: too many passwords at once
            time.sleep(float(busy.headers["Retry-After"]))


def _headers(key: str) -> dict[str, str]:
    return {"Authorization": f"Chave {key}", "Content-Type": "application/json"}


def load(url: str, path: str, *, seconds: int, script: Path | None = None, connections: int = 8) -> float:
    """Requests a second by wrk, one thread of it; raises where an answer was none."""
    command: list[Any] = ["wrk", "--threads=1", f"--connections={connections}", f"--duration={seconds}s"]
    command += ["--script", script] if script else []
    output = subprocess.run([*command, f"{url}{path}"], check=True, capture_output=True, text=True).stdout
    if failed := FAILED.search(output):
        raise RuntimeError(f"{path}: {failed[0]}")
    found = RATE.search(output)
    if found is None:
        raise RuntimeError(output)
    return float(found[1])


def storm(url: str, script: Path, *, connections: int, seconds: int) -> "subprocess.Popen[bytes]":
    """Questions by wrk in the background; 503 is an answer like others."""
    command: list[Any] = ["wrk", "--threads=1", f"--connections={connections}", f"--duration={seconds}s"]
    address = f"{url}/api/v1/autorizacao/"
    return subprocess.Popen([*command, "--script", script, address], stdout=subprocess.DEVNULL)


def latency(url: str, path: str, *, seconds: int) -> tuple[float, float]:
    """p50 and p99 of a page in milliseconds, asked by one connection."""
    command = ["wrk", "--threads=1", "--connections=1", f"--duration={seconds}s", "--latency", f"{url}{path}"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if failed := FAILED.search(output):
        raise RuntimeError(f"{path}: {failed[0]}")
    found = {name: float(value) * UNITS[unit] for name, value, unit in PERCENTILE.findall(output)}
    return found["50"], found["99"]


def script(folder: Path, name: str, key: str, bodies: list[str]) -> Path:
    """For wrk: each question in turn."""
    path = folder / f"{name}.lua"
    lines = ",\n".join(f"'{body}'" for body in bodies)
    path.write_text(
        f"""
        wrk.method = "POST"
        wrk.headers["Authorization"] = "Chave {key}"
        wrk.headers["Content-Type"] = "application/json"
        local bodies = {{{lines}}}
        local turn = 0
        request = function()
          turn = turn % #bodies + 1
          return wrk.format(nil, nil, nil, bodies[turn])
        end
        """
    )
    return path
