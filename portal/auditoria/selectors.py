"""Reading and verifying the ledger."""

from dataclasses import dataclass

from portal.auditoria.models import Cadeia, Evento
from portal.kernel.chain_hash import GENESIS, chain


@dataclass(frozen=True, slots=True)
class Quebra:
    """The first entry that does not follow from the one before it, and why (in Portuguese)."""

    numero: int
    motivo: str


@dataclass(frozen=True, slots=True)
class Conferencia:
    entradas: int
    ultimo_hash: str
    quebra: Quebra | None


def verify_chain() -> Conferencia:
    """Walk the whole chain once, in constant memory."""
    previous, expected = GENESIS, 0
    for evento in Evento.objects.order_by("numero").iterator(chunk_size=2000):
        expected += 1
        if motivo := _fault(evento, previous=previous, expected=expected):
            return Conferencia(expected - 1, previous, Quebra(evento.numero, motivo))
        previous = evento.hash
    return Conferencia(expected, previous, _missing_tail(expected, previous))


def _fault(evento: Evento, *, previous: str, expected: int) -> str:
    if evento.numero != expected:
        return f"faltam entradas: depois da {expected - 1} vem a {evento.numero}"
    if evento.anterior != previous:
        return "o hash anterior não é o da entrada anterior"
    if evento.hash != chain(previous, evento.body()):
        return "o conteúdo não corresponde ao hash"
    return ""


def _missing_tail(count: int, last_hash: str) -> Quebra | None:
    head = Cadeia.objects.filter(id=1).first()
    if head is None:
        return Quebra(1, "falta o registro da ponta da cadeia") if count else None
    if (head.numero, head.hash) != (count, last_hash):
        return Quebra(count + 1, f"a ponta registrada é a entrada {head.numero}, mas a última encontrada é a {count}")
    return None
