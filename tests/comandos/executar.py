"""A management command run in this process, as a terminal would see it."""

from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command


@dataclass(frozen=True)
class Saida:
    codigo: int
    texto: str  # standard output
    mensagens: str  # standard error


def run(command: str, *arguments: Any) -> Saida:
    out, err = StringIO(), StringIO()
    codigo = 0
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=err, no_color=True)
    except CommandError as error:
        codigo = error.returncode
        err.write(str(error))
    except SystemExit as ending:
        codigo = int(ending.code or 0)
    return Saida(codigo, out.getvalue(), err.getvalue())
