from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import clock
from portal.kernel.errors import DomainError
from portal.registros.services import import_records
from portal.terminal import operator

PALAVRAS = {
    "empresas": "empresas incluídas ou alteradas",
    "pessoas": "pessoas incluídas ou alteradas (sem senha)",
    "representacoes": "empresas com representações incluídas ou encerradas",
    "certificados": "empresas com certificados incluídos",
    "saidas": "empresas com certificados que saíram da produção",
    "pessoas_deixadas": "pessoas deixadas de fora: são da equipe aqui, ou outra tem o mesmo e-mail",
    "representacoes_deixados": "representações deixadas de fora: a pessoa não existe aqui",
    "certificados_deixados": "certificados deixados de fora: o lugar ou o requerente já está em uso aqui",
}


class Command(BaseCommand):
    help = "Traz para o sandbox os registros que exportar_registros copiou da produção (tudo ou nada)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("arquivo", type=Path)

    def handle(self, *, arquivo: Path, **options: Any) -> None:
        try:
            with arquivo.open("rb") as source:
                feito = import_records(source, by=operator(), now=clock.now())
        except OSError as error:
            raise CommandError(f"Não foi possível ler {arquivo}: {error.strerror}.") from error
        except DomainError as error:
            raise CommandError(error.detail) from error
        lines = [f"{feito[name]} {words}" for name, words in PALAVRAS.items() if feito[name]]
        self.stdout.write("\n".join(lines) or "Nada a mudar: estes registros já estavam aqui.")
        self.stdout.write(self.style.SUCCESS("Importação concluída."))
