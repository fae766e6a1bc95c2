"""Two years of notices of 1,000 companies, with outages of 0–40 days, bad servers, renewals and people who change."""

import argparse
import importlib
import random
import sys
import time

from bench import _banco

CERTIFICADOS, DIAS = 1_000, 730


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--certificados", type=int, default=CERTIFICADOS)
    parser.add_argument("--dias", type=int, default=DIAS)
    parser.add_argument("--semente", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--banco", choices=_banco.BANCOS, default="postgresql")
    chosen = parser.parse_args()
    print(f"semente {chosen.semente}")
    _banco.start(chosen.banco)
    simulador = importlib.import_module("tests.simulador")  # its models need the database's settings first
    started = time.perf_counter()
    mundo = simulador.Mundo(certificados=chosen.certificados, semente=chosen.semente)
    mundo.live(chosen.dias)
    breaches = list(mundo.breaches())
    print(f"{chosen.dias} dias em {time.perf_counter() - started:.0f} s: {mundo.figures()}")
    print("\n".join(breaches[:20]) or "nada se perdeu, nada se repetiu sem anotação, nada foi depois do vencimento")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
