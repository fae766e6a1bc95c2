from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contratos import services
from contratos.services.rodadas import TAREFAS
from contratos.services.trilha import SISTEMA
from portal import clock
from portal.kernel.errors import DomainError


class Command(BaseCommand):
    help = (
        "Sazonaliza um ano dos contratos que cabem à CCEE. Interrompido, continua de onde parou; feito, não se refaz."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codigo", choices=list(TAREFAS))
        parser.add_argument("ano", type=int)

    def handle(self, *, codigo: str, ano: int, **options: Any) -> None:
        try:
            rodada = services.run_year(codigo, ano, by=SISTEMA, now=clock.now())
        except DomainError as refusal:
            raise CommandError(refusal.detail, returncode=2) from None
        self.stdout.write(f"{TAREFAS[codigo].nome}, {ano}: {rodada.feitos} de {rodada.total} contratos sazonalizados.")
        for numero, why in rodada.pendentes:
            self.stdout.write(f"{numero}: {why}")
