import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import clock
from portal.registros.services import export_records
from portal.terminal import operator


class Command(BaseCommand):
    help = "Copia empresas, representantes e certificados em uso para um arquivo, sem senhas nem chaves (sandbox)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("arquivo", type=Path, help="arquivo a criar; só o dono o lê")

    def handle(self, *, arquivo: Path, **options: Any) -> None:
        half = arquivo.with_name(f"{arquivo.name}.parte")
        try:
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
                quantos = export_records(target, by=operator(), now=clock.now())
            half.replace(arquivo)
        except OSError as error:
            raise CommandError(f"Não foi possível gravar {arquivo}: {error.strerror}.") from error
        self.stdout.write(
            self.style.SUCCESS(f"{quantos['empresa']} empresas e {quantos['pessoa']} pessoas em {arquivo}.")
        )
        self.stdout.write("O arquivo tem nomes e e-mails de pessoas: apague-o depois de importar no sandbox.")
