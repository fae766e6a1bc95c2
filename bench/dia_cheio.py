"""15,000 certificates that end on one day, at the pace of a server that takes 20 mails a second.

The clock is moved by what the worker would have slept; each mail is really written, sent and noted. What must hold: all
of them told once, the soonest to end first, never above the pace, and before the day is over.
"""

import argparse
import importlib
import sys
import time

from bench import _banco


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--certificados", type=int, default=15_000)
    parser.add_argument("--por-segundo", type=int, default=20)
    chosen = parser.parse_args()
    _banco.start("postgresql")
    dia = importlib.import_module("tests.dia_cheio").Dia(chosen.certificados, por_segundo=chosen.por_segundo)
    started = time.monotonic()
    dia.live()
    models = importlib.import_module("notificacoes.models")
    told = models.Aviso.objects.filter(antecedencia=7, situacao=models.Situacao.ENVIADA).order_by("vence_em", "pk")
    by_end = list(told.values_list("envio__message_id", flat=True))
    arrived = [message_id for _, message_id in dia.arrivals]
    floor = chosen.certificados / chosen.por_segundo
    print(
        f"{len(arrived)} mensagens em {dia.seconds / 60:.1f} min daquele dia ({time.monotonic() - started:.0f} s aqui)"
    )
    print(f"{dia.seconds / floor:.2f} vezes o tempo que o ritmo permite; no segundo mais cheio, {dia.busiest(1):.0f}")
    holds = {
        "cada um avisado uma vez": len(set(arrived)) == len(arrived) == chosen.certificados,
        "o que vence antes vai antes": arrived == by_end,
        "no ritmo permitido": dia.busiest(30) < chosen.por_segundo + 1,
        "antes do fim do dia": dia.now.date() == dia.start.date(),
    }
    print("\n".join(f"{name}: {'sim' if held else 'NÃO'}" for name, held in holds.items()))
    return 0 if all(holds.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
