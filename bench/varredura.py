"""One day's sweep against one hand-written INSERT … SELECT of the same rows and against Lemur's way, in one run.

Goals: ≤ 2 × the hand-written statement, ≥ 50 × faster than Lemur's queries, as many queries and as much memory at
1 % of the size as at all of it.
"""

import argparse
import importlib
import sys

from bench import _banco

SIZES = {"postgresql": 1_000_000, "sqlite": 100_000}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--certificados", type=int, help="1.000.000 com PostgreSQL, 100.000 com SQLite")
    parser.add_argument("--voltas", type=int, default=3, help="de cada lado, alternadas; conta a melhor")
    parser.add_argument("--amostra", type=int, default=5_000, help="certificados à maneira do Lemur")
    parser.add_argument("--semente", type=int, default=7)
    parser.add_argument("--banco", choices=_banco.BANCOS, default="postgresql")
    chosen = parser.parse_args()
    _banco.start(chosen.banco)
    varredura = importlib.import_module("bench._varredura")  # its models need the database's settings first
    size = chosen.certificados or SIZES[chosen.banco]
    varredura.run(size, voltas=chosen.voltas, amostra=chosen.amostra, semente=chosen.semente)
    return 0


if __name__ == "__main__":
    sys.exit(main())
