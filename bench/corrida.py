"""Races for the third certificate and for one subject: breaks must be 0, the loser hears 409.

First through the services, then the constraints alone, with everything that judges left out. On PostgreSQL and on
SQLite, each a database of its own. `--completo`: 10,000 rounds of each.
"""

import argparse
import importlib
import subprocess
import sys

from bench import _banco

COMPLETO = 10_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--completo", action="store_true")
    parser.add_argument("--rodadas", type=int, default=30)
    parser.add_argument("--semente", type=int, default=20261121)
    parser.add_argument("--banco", choices=_banco.BANCOS, help="só este, neste processo")
    chosen = parser.parse_args()
    rodadas = COMPLETO if chosen.completo else chosen.rodadas
    if chosen.banco:
        _banco.start(chosen.banco)
        pista = importlib.import_module("bench._pista")  # its models need the database's settings first
        return 1 if pista.run(chosen.banco, rodadas, chosen.semente) else 0
    print(f"semente {chosen.semente}; quebras têm de ser 0 e quem perde ouve 409", flush=True)
    rest = [f"--rodadas={rodadas}", f"--semente={chosen.semente}"]
    runs = [subprocess.Popen([sys.executable, __file__, f"--banco={banco}", *rest]) for banco in _banco.BANCOS]
    return max(run.wait() for run in runs)


if __name__ == "__main__":
    sys.exit(main())
