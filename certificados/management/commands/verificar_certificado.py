import json
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from certificados import selectors
from certificados.domain.facts import Facts
from certificados.domain.judge import Contexto, judge
from certificados.domain.policy import BUILTIN, Policy, SemPolitica, policy_at, policy_of
from certificados.domain.reader import read
from certificados.laudo import as_text
from portal import clock
from portal.icp.domain.bundles import BundleError, load_path
from portal.icp.domain.trust import TrustStore
from portal.icp.selectors import trust_store
from portal.kernel.cnpj import CnpjInvalido, normalise
from portal.kernel.errors import DomainError
from portal.terminal import read_bytes

LIMIT = 50 * 1024 * 1024  # bytes; the reader refuses far less, and says how large the file was
USAGE = 2


class Command(BaseCommand):
    help = "Confere certificados regra por regra. Com --raizes, não usa o banco de dados."
    requires_system_checks = []  # some of them ask the database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("arquivos", nargs="+", type=Path, metavar="ARQUIVO")
        parser.add_argument("--cnpj", default="", help="o agente que vai usar o certificado")
        parser.add_argument("--em", default="", metavar="INSTANTE", help="como 2026-11-21T12:00; sem fuso, é UTC")
        parser.add_argument("--politica", default="", metavar="CODIGO", help="em vez da que vale na data")
        parser.add_argument(
            "--raizes", type=Path, metavar="ARQUIVO_OU_PASTA", help="PEM ou DER com raízes e intermediárias"
        )
        parser.add_argument("--json", action="store_true", help="só o JSON na saída padrão")

    def handle(self, *, arquivos: list[Path], **options: Any) -> None:
        contents = [(read_bytes(arquivo, LIMIT, returncode=USAGE), arquivo) for arquivo in arquivos]
        at = self._instant(options["em"])
        contexto = Contexto(agente_cnpj=self._cnpj(options["cnpj"]))
        policy, trust = self._rules(at, options["politica"], options["raizes"])
        reports = [
            judge(Facts.of(read(data)), arquivo=arquivo.name, at=at, policy=policy, trust=trust, contexto=contexto)
            for data, arquivo in contents
        ]
        if options["json"]:
            document = {"relatorios": [report.to_dict() for report in reports]}
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(as_text(report, style=self.style) for report in reports))
        if not all(report.aceito for report in reports):
            sys.exit(1)

    def _instant(self, text: str) -> datetime:
        if not text:
            return clock.now()
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            raise CommandError(f"--em: “{text}” não é um instante como 2026-11-21T12:00.", returncode=USAGE) from None
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)

    def _cnpj(self, text: str) -> str | None:
        try:
            return normalise(text) if text else None
        except CnpjInvalido as error:
            raise CommandError(f"--cnpj: {error.detail}", returncode=USAGE) from error

    def _rules(self, at: datetime, codigo: str, raizes: Path | None) -> tuple[Policy, TrustStore]:
        day = clock.local_date(at)
        try:
            if raizes:
                policy = policy_of(BUILTIN, codigo) if codigo else policy_at(BUILTIN, day)
                return policy, load_path(raizes)
            policy = selectors.policy_of(codigo) if codigo else selectors.policy_at(day)
            return policy, trust_store(policy.raizes)
        except (SemPolitica, BundleError, DomainError) as error:
            raise CommandError(str(error), returncode=USAGE) from error
        except DatabaseError as error:
            message = "O banco de dados não respondeu. Use --raizes para conferir sem ele, ou execute migrate."
            raise CommandError(message, returncode=USAGE) from error
