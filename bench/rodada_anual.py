"""CCEE's yearly runs with all they write, on PostgreSQL: pace, where the time goes, questions and memory per contract.

Half of the contracts are flat, half by load profile; a year of N, then one of 2N, each in a process of its own. What
must hold: every contract once, questions per contract no more for 2N, and memory that does not grow with them.
"""

import argparse
import importlib
import sys
import time

from bench import _banco


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contratos", type=int, default=5000)
    parser.add_argument("--porcao", type=int, default=0, help="contratos por transação; 0: como o portal os faz")
    parser.add_argument("--semente", type=int, default=time.time_ns() % 10**6)
    chosen = parser.parse_args()
    _banco.start("postgresql")
    rodada = importlib.import_module("bench._rodada")  # its models need the database's settings first
    return 0 if rodada.run(chosen.contratos, chosen.porcao, chosen.semente) else 1


if __name__ == "__main__":
    sys.exit(main())
