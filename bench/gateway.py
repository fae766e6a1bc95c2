"""Who may enter, asked over HTTP, against an empty Django view on the same server. Goal: ≥ 0.5 of its requests."""

import argparse
import importlib
import shutil
import statistics
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import _banco


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agentes", type=int, default=10_000)
    parser.add_argument("--perguntam", type=int, default=50, help="agentes cujo sistema se conecta")
    parser.add_argument("--processos", type=int, default=1, help="do servidor; o outro núcleo é de quem pergunta")
    parser.add_argument("--segundos", type=int, default=5, help="de cada medida")
    parser.add_argument("--voltas", type=int, default=5)
    chosen = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("Falta o wrk: apt-get install wrk")
    _banco.start("postgresql")
    porta = importlib.import_module("bench._porta")  # its models need the database's settings first
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-gateway-"))
    key, bodies = porta.populate(chosen.agentes), porta.callers(chosen.perguntam)
    right = porta.script(folder, "certas", key, bodies)
    wrong = porta.script(
        folder, "sem-cadastro", key, [body.replace('sha256": "', 'sha256": "0')[:-3] + '"}' for body in bodies]
    )
    with porta.server(folder, processos=chosen.processos) as url:
        with ThreadPoolExecutor(2) as pool:  # each process of the server works every password out once
            list(pool.map(lambda body: porta.ask(url, key, body), bodies * 4 * chosen.processos))
        rows = [
            (
                porta.load(url, "/vazia/", seconds=chosen.segundos),
                porta.load(url, "/api/v1/autorizacao/", seconds=chosen.segundos, script=right),
                porta.load(url, "/api/v1/autorizacao/", seconds=chosen.segundos, script=wrong),
                porta.load(url, "/saude/viva/", seconds=chosen.segundos),
            )
            for _ in range(chosen.voltas)
        ]
    shutil.rmtree(folder)
    floors, entering, refused, pages = map(list, zip(*rows, strict=True))
    print(f"{chosen.agentes} agentes, {chosen.perguntam} perguntam, {chosen.processos} processo(s) do gunicorn")
    for name, rates in (("vazia", floors), ("entra", entering), ("recusado", refused), ("pela pilha toda", pages)):
        ratio = statistics.median(rate / floor for rate, floor in zip(rates, floors, strict=True))
        print(f"{name:<16} {statistics.median(rates):8.0f}/s  razão {ratio:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
