"""The list with 100,000 companies against the same SQL without a template, in one run. Goals: ≤ 2×, ≤ 10 queries."""

import argparse
import importlib
import sys

from bench import _banco

AGENTES = 100_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agentes", type=int, default=AGENTES)
    parser.add_argument("--voltas", type=int, default=15, help="de cada página; conta a mediana")
    parser.add_argument("--banco", choices=_banco.BANCOS, default="postgresql")
    chosen = parser.parse_args()
    _banco.start(chosen.banco)
    paginas = importlib.import_module("bench._paginas")  # its models need the database's settings first
    paginas.run(chosen.agentes, chosen.voltas)
    return 0


if __name__ == "__main__":
    sys.exit(main())
