import json
import sys
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contratos.domain.calculos import CALCULOS, calculate
from contratos.domain.montantes.exato import Recusado

BAD = 2


class Command(BaseCommand):
    help = "Faz um cálculo do submódulo sobre um JSON, sem banco de dados: valores como texto, meses como 2027-03."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("nome", choices=CALCULOS)
        parser.add_argument("entrada", metavar="ENTRADA.json", help="um arquivo, ou - para a entrada padrão")

    def handle(self, *, nome: str, entrada: str, **options: Any) -> None:
        try:
            found = calculate(nome, _read(entrada))
        except Recusado as error:
            raise CommandError(str(error), returncode=BAD) from error
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))


def _read(nome: str) -> Any:
    """Numbers as they are written: no amount passes through a binary fraction."""
    try:
        texto = sys.stdin.read() if nome == "-" else Path(nome).read_text(encoding="utf-8-sig")
        return json.loads(texto, parse_float=Decimal)
    except OSError as error:
        raise Recusado(f"{nome}: não foi possível ler o arquivo ({error.strerror}).") from error
    except ValueError as error:
        raise Recusado(f"{nome}: não é JSON em UTF-8 ({error}).") from error
