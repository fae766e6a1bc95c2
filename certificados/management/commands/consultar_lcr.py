from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certificados.revogacao import selectors, services
from portal import clock

PRAZO = "%d/%m/%Y %H:%M"


class Command(BaseCommand):
    help = "Consulta as listas de revogação (LCR) das certificadoras e exclui os certificados revogados."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tudo", action="store_true", help="lê todas agora, também as lidas há pouco")

    def handle(self, *, tudo: bool, **options: Any) -> None:
        now = clock.now()
        feito = services.sweep(now=now, relogio=clock.instant, tudo=tudo)
        self.stdout.write(
            f"Listas lidas: {feito.lidas}; com falha: {feito.falhas}. Certificados excluídos por revogação: "
            f"{feito.revogados}; por falta de lista válida: {feito.sem_lista}."
        )
        if not feito.acabou:
            self.stdout.write("O tempo desta consulta acabou: as listas que faltam ficam para a próxima.")
        old = list(selectors.stale(now))
        for lista in old:
            since = f"venceu em {clock.local(lista.next_update):{PRAZO}}" if lista.next_update else "nunca foi lida"
            self.stderr.write(f"{lista.url} ({lista.emissora}) {since}: {lista.falha or 'sem resposta ainda'}")
        if old:
            raise CommandError("Há lista de revogação sem leitura válida: os certificados continuam em uso.")
