"""Sets of milestones: checked, published, replaced by a new version (3.11, 3.12)."""

from datetime import datetime

from contratos.domain.procedimentos.marcos import PADRAO, Marco, check
from contratos.models import ConjuntoDeMarcos, Leilao
from contratos.procedimentos import read_marcos, write_marcos
from portal.auditoria.services import act, record
from portal.kernel.errors import DomainError


@act()
def publish_milestones(
    marcos: tuple[Marco, ...], *, by: str, now: datetime, leilao: Leilao | None = None
) -> ConjuntoDeMarcos:
    """A new version of the set of that auction, or of all without their own. Raises MarcosRecusados.

    Flows that run keep theirs, until CCEE has them adopt it (fluxos.adopt_milestones).
    """
    checked = check(marcos)
    last = current(leilao, by=by, now=now) if leilao is None else _latest(leilao)
    if last is not None and read_marcos(last.marcos) == checked:
        raise DomainError("O conjunto é igual ao que já está publicado.")
    return _publish(checked, leilao, (last.versao if last else 0) + 1, by=by, now=now)


def current(leilao: Leilao | None, *, by: str, now: datetime) -> ConjuntoDeMarcos:
    """Of that auction, else the general one; ours until CCEE publishes another."""
    found = (_latest(leilao) if leilao else None) or _latest(None)
    return found or _publish(PADRAO, None, 1, by=by, now=now)


def _latest(leilao: Leilao | None) -> ConjuntoDeMarcos | None:
    return ConjuntoDeMarcos.objects.filter(leilao=leilao).order_by("-versao").first()


def _publish(
    marcos: tuple[Marco, ...], leilao: Leilao | None, versao: int, *, by: str, now: datetime
) -> ConjuntoDeMarcos:
    rows = write_marcos(marcos)
    found = ConjuntoDeMarcos.objects.create(
        leilao=leilao, versao=versao, marcos=rows, published_at=now, published_by=by
    )
    objeto = f"marcos, versão {versao}" + (f", {leilao}" if leilao else "")
    record("contrato.marcos_publicados", at=now, ator=by, objeto=objeto, marcos=[m.codigo for m in marcos])
    return found
