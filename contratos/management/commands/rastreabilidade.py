from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from contratos import marcas
from contratos.domain.clausulas import REGISTRO
from contratos.rastreabilidade import as_markdown
from portal.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Mostra, cláusula por cláusula do Submódulo 3.2, o código que a realiza e os testes que a provam."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--escrever", type=Path, metavar="ARQUIVO", help="em vez da saída padrão")

    def handle(self, *, escrever: Path | None, **options: Any) -> None:
        tests = Path(settings.BASE_DIR) / "tests"
        if not tests.is_dir():
            raise CommandError("A pasta tests/ não está aqui: rode o comando numa cópia completa do projeto.")
        try:
            page = as_markdown(REGISTRO, marcas.read(tests))
        except DomainError as error:
            raise CommandError(error.detail) from error
        if escrever:
            escrever.write_text(page)
        else:
            self.stdout.write(page, ending="")
