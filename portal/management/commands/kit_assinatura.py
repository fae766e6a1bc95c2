from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from stdnum.br import cpf as stdnum_cpf

from portal import clock
from portal.demo import guarda, kit
from portal.demo.signatarios import SIGNATARIOS, Signatario


class Command(BaseCommand):
    help = "Cria certificados e-CPF de demonstração para assinar documentos. Não têm valor legal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--pessoa",
            action="append",
            default=[],
            metavar="NOME:CPF",
            help="Quem mais assina; pode ser repetido. Sem isto, os signatários da demonstração.",
        )

    def handle(self, **options: Any) -> None:
        if settings.AMBIENTE != "demo":
            raise CommandError("O kit de assinatura só existe com AMBIENTE=demo.")
        pessoas = [_person(text) for text in options["pessoa"]] or list(SIGNATARIOS)
        now, target = clock.now(), kit.folder(settings.PORTAL_VAR)
        hierarquia = guarda.load_or_create(settings.PORTAL_VAR / guarda.PASTA, now=now)
        password = kit.write(target, pessoas, hierarquia, now=now)
        lines = [f"  {pessoa.arquivo}.p12  {pessoa.nome}, CPF {pessoa.cpf}" for pessoa in pessoas]
        self.stdout.write("\n".join([f"Certificados em {target}:", *lines, f"Senha dos arquivos .p12: {password}"]))


def _person(text: str) -> Signatario:
    nome, _, typed = text.rpartition(":")
    cpf = stdnum_cpf.compact(typed)
    if not nome.strip() or not stdnum_cpf.is_valid(cpf):
        raise CommandError(f"“{text}” não serve: escreva NOME:CPF, com um CPF válido.")
    return Signatario(nome.strip(), cpf, "")
