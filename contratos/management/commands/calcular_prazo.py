import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from contratos import selectors
from contratos.domain.clausulas import Clausula
from contratos.domain.prazos import ExpressaoInvalida, Vencimento
from portal import clock
from portal.calendario import selectors as calendario
from portal.kernel.errors import DomainError

BAD = 2


class Command(BaseCommand):
    help = "Calcula um prazo e mostra a contagem dia a dia."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("expressao", help="como P+25du, T+30dc, MS+9du, D25@M-1, 31Dec-2du, max(P,H)+25du")
        parser.add_argument(
            "--ancora",
            action="append",
            default=[],
            metavar="NOME=VALOR",
            help="P=2026-11-19; meses como MS=2026-11, ano como ANO=2026",
        )
        parser.add_argument("--json", action="store_true", help="só o JSON na saída padrão")

    def handle(self, *, expressao: str, ancora: list[str], **options: Any) -> None:
        try:
            found = selectors.deadline(expressao, dict(_split(text) for text in ancora))
        except ExpressaoInvalida as error:
            pointer = f"  {expressao}\n  {' ' * (error.coluna - 1)}^"
            raise CommandError(f"{error.detail}\n{pointer}", returncode=BAD) from error
        except DomainError as error:
            raise CommandError(error.detail, returncode=BAD) from error
        except DatabaseError as error:
            raise CommandError("O calendário está no banco de dados, que não respondeu. Execute migrate.") from error
        on = clock.local_date(clock.now())
        if options["json"]:
            self.stdout.write(json.dumps(selectors.as_dict(expressao, found, on=on), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_as_text(found, selectors.clauses(expressao, on=on)))


def _split(text: str) -> tuple[str, str]:
    nome, equals, valor = text.partition("=")
    if not equals or not valor:
        raise DomainError(f"--ancora {text}: esperava NOME=VALOR, como P=2026-11-19.")
    return nome.strip(), valor


def _as_text(vencimento: Vencimento, clausulas: list[Clausula]) -> str:
    if vencimento.data is None:
        return "Sem prazo (N.A.)."
    steps = [f"{p.data:%d/%m/%Y}  {p.conta or '':>4}  {p.motivo}" for p in vencimento.passos]
    given_by = [f"Prazo da cláusula {each}." for each in clausulas]
    end = f"Vencimento: {vencimento.data:%d/%m/%Y}, até {settings.PRAZO_HORA} (calendário {calendario.name()})."
    return "\n".join([*steps, *given_by, end])
