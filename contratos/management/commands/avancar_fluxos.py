from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from contratos import services
from contratos.services.trilha import SISTEMA
from portal import clock


class Command(BaseCommand):
    help = "Faz agora o que só o tempo e o calendário fazem nos fluxos de contratos. Repetir é inócuo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--em", metavar="AAAA-MM-DD", help="como se fosse meio-dia desse dia")

    def handle(self, *, em: str | None, **options: Any) -> None:
        now = clock.now() if em is None else self._noon(em)
        moved = services.recompute_open(by=SISTEMA, now=now)
        closed = services.advance(now=now)
        sent, opened = services.send_conuers(now=now), services.open_publications(now=now)
        years, months = services.open_years(now=now), services.open_months(now=now)
        flat, proinfa = services.modulate_due(now=now), services.open_proinfa(now=now)
        self.stdout.write(
            f"Em {clock.local(now):%d/%m/%Y às %H:%M}: prazos recontados {moved}; "
            f"atividades encerradas por decurso {closed}; CONUERs enviados {sent}; "
            f"publicações de Itaipu abertas {opened}; anos a sazonalizar {years}; meses a modular {months}; "
            f"meses modulados flat na divulgação do PLD {flat}; "
            f"passos do PROINFA {proinfa}; novos nomes a informar {services.open_name_changes(now=now)}."
        )

    def _noon(self, em: str) -> datetime:
        try:
            day = date.fromisoformat(em)
        except ValueError:
            raise CommandError(f"--em: “{em}” não é uma data como 2026-11-21.", returncode=2) from None
        if settings.PRODUCAO and day != clock.local_date(clock.now()):
            raise CommandError(
                "--em: em produção só o dia de hoje; outro dia encerraria o que está aberto.", returncode=2
            )
        return datetime.combine(day, time(12), ZoneInfo(settings.FUSO))
