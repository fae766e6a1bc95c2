from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from notificacoes import mail, services
from notificacoes.models import Envio
from notificacoes.models.envio import ABERTOS
from notificacoes.services import Plano
from notificacoes.services.entrega import Entrega
from portal import clock

RODADAS = 20  # what goes out may make something else due, never for ever


class Command(BaseCommand):
    help = "Planeja e envia agora tudo o que é devido: avisos, exclusões, recibos, convites. Repetir é inócuo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--em", metavar="AAAA-MM-DD", help="como se fosse meio-dia desse dia")

    def handle(self, *, em: str | None, **options: Any) -> None:
        now = clock.now() if em is None else self._noon(em)
        self.stdout.write(f"Avisos devidos em {now.astimezone(ZoneInfo(settings.FUSO)):%d/%m/%Y às %H:%M}.")
        total, plano = Plano(), services.plan(now=now)
        entregas = []
        for _ in range(RODADAS):
            total += plano
            entregas.append(self._deliver(None if em is None else now))
            plano = services.plan(now=now)
            if not plano:
                break
        self._tell(total, entregas)

    def _noon(self, em: str) -> datetime:
        try:
            day = date.fromisoformat(em)
        except ValueError:
            raise CommandError(f"--em: “{em}” não é uma data como 2026-11-21.", returncode=2) from None
        if settings.PRODUCAO and day != clock.local_date(clock.now()):
            raise CommandError(
                "--em: em produção só o dia de hoje; outro dia tiraria de serviço o que vale.", returncode=2
            )
        return datetime.combine(day, time(12), ZoneInfo(settings.FUSO))

    def _deliver(self, fixed: datetime | None) -> Entrega:
        with mail.connect() as correio:
            return services.deliver(
                correio=correio, agora=lambda: fixed or clock.now(), relogio=clock.instant, tudo=True
            )

    def _tell(self, plano: Plano, entregas: list[Entrega]) -> None:
        sums = {
            name: sum(getattr(e, name) for e in entregas) for name in ("enviadas", "adiadas", "em_duvida", "mortas")
        }
        canceladas = sum(entrega.canceladas for entrega in entregas)
        lines = [
            f"Planejado: avisos {plano.avisos}, mensagens {plano.mensagens}, tarefas da operação {plano.tarefas}.",
            f"Deixou de ser devido: avisos superados {plano.superados}, avisos cancelados {plano.cancelados}, "
            f"mensagens canceladas {canceladas}.",
            f"Certificados vencidos excluídos: {plano.excluidos}.",
            f"Enviadas {sums['enviadas']}, adiadas {sums['adiadas']}, em dúvida {sums['em_duvida']}, "
            f"não entregues {sums['mortas']}.",
            f"Ainda na fila: {Envio.objects.filter(estado__in=ABERTOS).count()}.",
        ]
        if entregas[-1].parada:
            lines.append(f"O envio parou antes do fim: {entregas[-1].parada}.")
        self.stdout.write("\n".join(lines))
