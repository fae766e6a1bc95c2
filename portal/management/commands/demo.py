from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import clock
from portal.checks import SENHA_DE_DEMONSTRACAO

MERCADO = import_module(settings.MERCADO.demonstracao)  # with populate() and CONTAS


class Command(BaseCommand):
    help = "Povoa o banco com a demonstração e escreve os arquivos de teste em var/demo/. Pode ser repetido."

    def handle(self, **options: Any) -> None:
        if settings.AMBIENTE != "demo":
            raise CommandError("A demonstração só existe com AMBIENTE=demo.")
        MERCADO.populate(settings.PORTAL_VAR, now=clock.now())
        self.stdout.write(accounts())


def accounts() -> str:
    lines = [f"  {conta.username:<18}{conta.descricao}" for conta in MERCADO.CONTAS]
    files = settings.PORTAL_VAR / "demo"
    return "\n".join(
        [
            f"Contas de demonstração, todas com a senha {SENHA_DE_DEMONSTRACAO}:",
            *lines,
            f"Arquivos para experimentar: {files}",
        ]
    )
