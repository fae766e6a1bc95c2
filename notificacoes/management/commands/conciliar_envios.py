import sys
from argparse import ArgumentParser, FileType
from collections.abc import Sequence
from itertools import chain
from typing import Any, TextIO

from django.core.management.base import BaseCommand

from notificacoes.services.conciliacao import reconcile
from portal import clock


class Command(BaseCommand):
    help = (
        "Depois de restaurar um backup, com ENVIO_SUSPENSO=1: marca como enviadas as mensagens da fila cujo Message-ID "
        "o registro do servidor de e-mail já traz como aceito. “-” lê da entrada padrão."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("registros", nargs="+", type=FileType("r", encoding="utf-8", errors="replace"))
        parser.add_argument("--simular", action="store_true", help="só conta; nada é gravado")

    def handle(self, *, registros: Sequence[TextIO], simular: bool, **options: Any) -> None:
        found = reconcile(chain.from_iterable(registros), by="portal", now=clock.now(), dry_run=simular)
        for registro in registros:
            if registro is not sys.stdin:
                registro.close()
        self.stdout.write(f"Mensagens da fila já aceitas pelo servidor: {found}{' (simulação)' if simular else ''}.")
