"""What became of one attempt to hand a message to a mail server."""

from dataclasses import dataclass
from enum import StrEnum


class Desfecho(StrEnum):
    ENTREGUE = "entregue"  # the server answered 250 after the final dot
    ADIADA = "adiada"  # certainly not accepted; worth another try
    RECUSADA = "recusada"  # certainly not accepted, and never will be
    EM_DUVIDA = "em_duvida"  # the content was on its way and no answer came (RFC 1047)


@dataclass(frozen=True, slots=True)
class Resultado:
    desfecho: Desfecho
    codigo: int | None = None
    resposta: str = ""
    do_servidor: bool = False  # the server, not this message, is the trouble: the next one would fare no better
    sha256: str = ""  # of the bytes that went out, where they did
