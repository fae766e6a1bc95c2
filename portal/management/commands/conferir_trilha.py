import sys
from typing import Any

from django.core.management.base import BaseCommand

from portal.auditoria.selectors import verify_chain


class Command(BaseCommand):
    help = "Confere a cadeia de hashes da trilha de auditoria, da primeira à última entrada."

    def handle(self, **options: Any) -> None:
        result = verify_chain()
        if result.quebra:
            self.stdout.write(
                self.style.ERROR(f"Cadeia rompida na entrada {result.quebra.numero}: {result.quebra.motivo}.")
            )
            sys.exit(1)
        self.stdout.write(
            self.style.SUCCESS(f"Cadeia íntegra: {result.entradas} entradas. Último hash: {result.ultimo_hash}")
        )
