from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import clock
from portal.agentes.importacao.campos import COLUNAS
from portal.agentes.importacao.planilha import SEPARADOR
from portal.agentes.importacao.services import Importacao, import_agentes
from portal.kernel.errors import DomainError
from portal.terminal import operator, read_bytes


class Command(BaseCommand):
    help = "Inclui e atualiza agentes, pessoas e representações de um CSV (tudo ou nada)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "arquivo",
            type=Path,
            help=f"CSV em UTF-8, com o cabeçalho {SEPARADOR.join(COLUNAS)}",
        )
        parser.add_argument("--simular", action="store_true", help="confere e relata, sem gravar")

    def handle(self, *, arquivo: Path, simular: bool, **options: Any) -> None:
        data = read_bytes(arquivo)
        try:
            result = import_agentes(data, by=operator(), now=clock.now(), dry_run=simular)
        except DomainError as error:
            raise CommandError(error.detail) from error
        if result.erros:
            self._refuse(result)
        self.stdout.write("\n".join(result.relato))
        done = "conferidas, nada foi gravado (simulação)" if simular else "importadas"
        self.stdout.write(self.style.SUCCESS(f"{result.linhas} linhas {done}."))

    def _refuse(self, result: Importacao) -> None:
        for erro in result.erros:
            self.stderr.write(str(erro))
        faults = "1 problema" if len(result.erros) == 1 else f"{len(result.erros)} problemas"
        raise CommandError(f"{faults} no arquivo: nada foi gravado. Corrija e importe de novo.")
