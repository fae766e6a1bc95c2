"""10,000 SIGKILLs of workers that send notices, at random moments and right after the server took a message.

Nothing lost, no second Message-ID, every repeat marked as one, every notice proved once. The server notes what it takes
before it answers. Several workers are at it at a time. `--mortes=N` for fewer; the seed is printed.
"""

import argparse
import importlib
import sys
import time

from bench import _banco


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mortes", type=int, default=10_000)
    parser.add_argument("--juntos", type=int, default=6, help="operários de cada vez")
    parser.add_argument("--semente", type=int, default=20261122)
    chosen = parser.parse_args()
    print(f"semente {chosen.semente}", flush=True)
    _banco.start("postgresql")
    settings = importlib.import_module("django.conf").settings
    settings.EMAIL_TIMEOUT = 20
    matanca = importlib.import_module("tests.matanca").Matanca(chosen.semente, juntos=chosen.juntos)
    started = time.monotonic()
    matanca.run(chosen.mortes, tell=lambda text: print(text, file=sys.stderr, flush=True))
    seconds = time.monotonic() - started
    print(f"{matanca.mortes} mortes em {seconds:.0f} s, {chosen.juntos} operários de cada vez")
    print(f"{matanca.no_aceite} das mortes no instante do aceite")
    print(f"{matanca.mensagens} mensagens, {len(matanca.ids)} aceites, {matanca.repetidas} repetições no fio")
    broken = matanca.check()
    for name, count in broken.items():
        print(f"{name:28}{count:>6}      tem de ser 0")
    return 1 if any(broken.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
