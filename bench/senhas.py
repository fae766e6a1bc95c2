"""A page's latency while the gateway works passwords out, against that while it remembers them. Goal: at most 3 times.

All agents come back at once, as after a restart: each password must be worked out once (Argon2), a few wait in line,
the rest are told 503 with Retry-After. The page is that of signing in, asked by one connection meanwhile.
"""

import argparse
import importlib
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import _banco


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agentes", type=int, default=5_000)
    parser.add_argument("--lembrados", type=int, default=50, help="agentes cuja senha o servidor já conferiu")
    parser.add_argument("--conexoes", type=int, default=8, help="do gateway")
    parser.add_argument("--segundos", type=int, default=5, help="de cada medida")
    parser.add_argument("--voltas", type=int, default=5)
    chosen = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("Falta o wrk: apt-get install wrk")
    _banco.start("postgresql")
    porta = importlib.import_module("bench._porta")  # its models need the database's settings first
    rows = _measure(porta, chosen)
    print(f"{chosen.agentes} agentes, {chosen.conexoes} conexões do gateway, 1 processo do gunicorn")
    for number, name in enumerate(("sem ninguém", "senhas lembradas", "senhas a conferir")):
        p50, p99 = (statistics.median(row[number][at] for row in rows) for at in (0, 1))
        print(f"{name:<18} p50 {p50:7.2f} ms   p99 {p99:7.2f} ms")
    for at, name in enumerate(("p50", "p99")):
        ratio = statistics.median(row[2][at] / row[1][at] for row in rows)
        print(f"{name}, a conferir sobre lembradas: razão {ratio:.2f}")
    return 0


def _measure(porta: Any, chosen: argparse.Namespace) -> list[list[tuple[float, float]]]:
    """For each turn: alone, beside passwords that are remembered, beside others that never came before."""
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-senhas-"))
    key, bodies = porta.populate(chosen.agentes), porta.callers(chosen.agentes)
    known, fresh = bodies[: chosen.lembrados], bodies[chosen.lembrados :]
    remembered, part = porta.script(folder, "lembradas", key, known), len(fresh) // chosen.voltas
    rows = []
    with porta.server(folder, processos=1) as url:
        for body in known:
            porta.ask(url, key, body)
        for turn in range(chosen.voltas):
            new = porta.script(folder, f"novas-{turn}", key, fresh[turn * part : (turn + 1) * part])
            rows.append([_page(porta, url, script, chosen) for script in (None, remembered, new)])
    shutil.rmtree(folder)
    return rows


def _page(porta: Any, url: str, script: Path | None, chosen: argparse.Namespace) -> tuple[float, float]:
    """p50 and p99 in milliseconds, while the gateway asks."""
    gateway = porta.storm(url, script, connections=chosen.conexoes, seconds=chosen.segundos + 2) if script else None
    try:
        found: tuple[float, float] = porta.latency(url, "/entrar/", seconds=chosen.segundos)
        return found
    finally:
        if gateway:
            gateway.kill()
            gateway.wait()


if __name__ == "__main__":
    sys.exit(main())
