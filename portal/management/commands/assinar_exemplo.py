from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import clock
from portal.demo import kit


class Command(BaseCommand):
    help = "Assina um PDF com um certificado do kit de demonstração, como faria um programa fora do portal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("arquivo", type=Path, metavar="ARQUIVO.pdf")
        parser.add_argument("--quem", required=True, help="Nome do arquivo .p12 do kit, como ana.")
        parser.add_argument("--separada", action="store_true", help="Grava a assinatura à parte, num .p7s.")

    def handle(self, arquivo: Path, quem: str, separada: bool, **options: Any) -> None:
        from portal.demo import assinador  # noqa: PLC0415 - pyHanko takes over a second, and --help should not

        if settings.AMBIENTE != "demo":
            raise CommandError("O kit de assinatura só existe com AMBIENTE=demo.")
        try:
            content = arquivo.read_bytes()
            who, chain = kit.load(kit.folder(settings.PORTAL_VAR), quem)
        except (OSError, ValueError) as error:
            raise CommandError(f"Não foi possível ler: {error}. Crie o kit com kit_assinatura.") from None
        sign = assinador.sign_detached if separada else assinador.sign_pdf
        target = arquivo.with_name(f"{arquivo.stem}-{quem}{'.p7s' if separada else '.pdf'}")
        target.write_bytes(sign(content, who, chain, at=clock.now()))
        self.stdout.write(f"Assinado: {target}")
