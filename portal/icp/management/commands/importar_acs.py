import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from portal import clock
from portal.icp.domain.bundles import MAX_FILE
from portal.icp.services import Importacao, import_file
from portal.kernel.text import visible
from portal.terminal import operator, read_bytes


class Command(BaseCommand):
    help = (
        "Inclui autoridades certificadoras (PEM, DER, P7B ou ZIP). As intermediárias precisam chegar a uma raiz aceita."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("arquivos", nargs="+", type=Path, metavar="ARQUIVO")
        parser.add_argument("--raiz", action="store_true", help="aceita também as raízes (autoassinadas) dos arquivos")

    def handle(self, *, arquivos: list[Path], raiz: bool, **options: Any) -> None:
        contents = [(read_bytes(arquivo, MAX_FILE + 1), arquivo.name) for arquivo in arquivos]
        now, by = clock.now(), operator()
        results = [self._report(import_file(data, nome, raiz=raiz, by=by, now=now), nome) for data, nome in contents]
        if not all(results):
            sys.exit(1)

    def _report(self, result: Importacao, nome: str) -> bool:
        for row in result.incluidas:
            self.stdout.write(f"incluída: {row.nome} (SHA-256 {row.sha256})")
        for row in result.repetidas:
            state = "já estava" if row.ativa else "já estava, e deixou de ser aceita pela operação"
            self.stdout.write(f"{state}: {row.nome}")
        for problem in result.problemas:
            self.stderr.write(f"ignorado: {problem}")
        for refusal in result.recusadas:
            self.stderr.write(self.style.ERROR(f"recusada: {refusal}"))
        self.stdout.write(
            f"{visible(nome)}: {len(result.incluidas)} incluídas, {len(result.repetidas)} repetidas, "
            f"{len(result.recusadas)} recusadas, {len(result.problemas)} não lidas."
        )
        return result.ok
