import logging
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError

from notificacoes.domain.devolucao import LIMITE
from notificacoes.services.devolucoes import NaoEntendida, take_bounce
from portal import clock
from portal.kernel.errors import Conflict
from portal.kernel.text import visible
from portal.terminal import read_bytes

logger = logging.getLogger(__name__)
DATAERR, TEMPFAIL = 65, 75  # sysexits.h, which mail servers understand


class Command(BaseCommand):
    help = (
        "Recebe uma mensagem devolvida, de um arquivo ou da entrada padrão, como um servidor de e-mail a entrega. "
        "Sai com 0 (recebida), 65 (não entendida: fica no registro) ou 75 (falha passageira: entregue de novo)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("arquivo", nargs="?", type=Path, help="a mensagem; sem ele, a entrada padrão")
        parser.add_argument("--para", default="", help="o endereço a que o servidor a entregou")

    def handle(self, *, arquivo: Path | None, para: str, **options: Any) -> None:
        # What is beyond the limit is the quoted message: a report says first what it has to say.
        data = read_bytes(arquivo, LIMITE, returncode=DATAERR) if arquivo else sys.stdin.buffer.read(LIMITE)
        try:
            self.stdout.write(take_bounce(data, para=para, now=clock.now()))
        except NaoEntendida as error:
            logger.warning("devolução não entendida: %s para=%s %s", error.detail, visible(para), _first_lines(data))
            sys.exit(DATAERR)
        except (Conflict, DatabaseError, InterfaceError) as error:
            logger.warning("devolução adiada: %s", error)
            sys.exit(TEMPFAIL)


def _first_lines(data: bytes) -> str:
    """The header, for whoever must look: one line, whatever it is made of."""
    return visible(" | ".join(data[:4000].decode("utf-8", errors="replace").splitlines()[:30]), 2000)
