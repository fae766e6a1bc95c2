"""10,000 notices to a sink in another process: ours, with leases, rows and ledger, against plain smtplib.

Plain smtplib: one connection, the same texts ready-made; goal ≥ 0.3 of its rate. And against one Celery task a mail,
which does the same without any lease: goal ≥ 3 times its rate. In turns, so that they share the weather. Real
PostgreSQL, Redis and Celery worker. Ours runs in as many processes as the worker of docker-compose.yml; the Celery
worker of the slow way has as many as the machine has cores. `--processos=1` for one.
"""

import argparse
import importlib
import sys

from bench import _banco


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mensagens", type=int, default=10_000)
    parser.add_argument("--voltas", type=int, default=5)
    parser.add_argument("--processos", type=int, default=2)
    parser.add_argument("--perfil", action="store_true", help="onde vai o tempo do nosso, e nada mais")
    chosen = parser.parse_args()
    _banco.start("postgresql")
    remessas = importlib.import_module("bench._remessas")  # its models need the database's settings first
    share = remessas.Medida(chosen.mensagens // chosen.voltas, chosen.voltas, chosen.processos)
    return int(remessas.run(share, profile=chosen.perfil))


if __name__ == "__main__":
    sys.exit(main())
