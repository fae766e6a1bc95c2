from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import clock
from portal.agentes import services
from portal.agentes.models import Agente, Escopo
from portal.kernel.cnpj import CnpjInvalido, mask, normalise
from portal.kernel.errors import DomainError
from portal.terminal import operator


class Command(BaseCommand):
    help = "Emite uma chave de máquina. A saída é só a chave, uma única vez: guarde-a num cofre."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("nome", help="o sistema que vai usar a chave")
        parser.add_argument("--escopo", required=True, choices=Escopo.values)
        parser.add_argument("--cnpj", default="", help="o agente; obrigatório com --escopo agente, e só com ele")
        life, longest = services.KEY_DAYS, services.MOST_DAYS
        parser.add_argument("--dias", type=int, default=life, help=f"por quantos vale, até {longest} (padrão: {life})")

    def handle(self, *, nome: str, escopo: str, cnpj: str, dias: int, **options: Any) -> None:
        if (escopo == Escopo.AGENTE) != bool(cnpj):
            raise CommandError("Use --cnpj com --escopo agente, e somente com ele.")
        agente = self._agente(cnpj) if cnpj else None
        try:
            key = services.issue_key(
                nome, escopo=Escopo(escopo), agente=agente, by=operator(), now=clock.now(), dias=dias
            )
        except DomainError as error:
            raise CommandError(error.detail) from error
        self.stderr.write(f"Chave emitida. Vale {dias} dias e não será mostrada de novo.")
        self.stdout.write(key)

    def _agente(self, cnpj: str) -> Agente:
        try:
            return Agente.objects.get(cnpj=normalise(cnpj))
        except CnpjInvalido as error:
            raise CommandError(error.detail) from error
        except Agente.DoesNotExist:
            raise CommandError(f"Não há agente com o CNPJ {mask(normalise(cnpj))}.") from None
