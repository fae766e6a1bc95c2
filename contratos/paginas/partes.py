"""For the forms of the parties: the row in hand, and the sides that the person may speak for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contratos import acesso
from contratos.domain.contrato import CCEE_ACER
from contratos.models import Contrato, Garantia
from contratos.paginas.leitor import Leitor
from portal import clock
from portal.agentes.models import Agente
from portal.kernel.errors import Forbidden, NotFound

VENDEDOR, COMPRADOR, SUCESSORA = "vendedor", "comprador", "sucessora"
TEXTO_DA_GARANTIA = (
    "Cláusula 3.3: o contrato só é disponibilizado para assinatura com todas as garantias válidas no dia, ou dadas "
    "pela CCEE como não aplicáveis."
)
TEXTO_DO_SIGNATARIO = (
    "Vale para todos os contratos da empresa. Cláusula 3.13.2: a empresa responde pelo que informa; fica registrado "
    "quem indicou e quando."
)
SO_PARTE = "Quem indica os signatários de uma parte é o seu representante CCEE, ou a CCEE."


def guarantee(contrato: Contrato, pk: int | None) -> Garantia:
    if pk is None:
        return Garantia(contrato=contrato)
    found = contrato.garantias.filter(pk=pk).first()
    if found is None:
        raise NotFound("Esta garantia não é deste contrato.")
    found.contrato = contrato
    return found


def sides(contrato: Contrato, quem_le: Leitor) -> list[tuple[str, str]]:
    """Raises Forbidden for who speaks for neither."""
    found = [
        (side, f"{agente.sigla if agente else CCEE_ACER} ({side})")
        for side, agente in _sides(contrato).items()
        if quem_le.may_state_for(agente)
    ]
    if not found:
        raise Forbidden(SO_PARTE)
    return found


def _sides(contrato: Contrato) -> dict[str, Agente | None]:
    """A successor that is on its way states its own before it is a side."""
    successor = acesso.coming(contrato).first()
    theirs = {SUCESSORA: successor} if successor else {}
    return {VENDEDOR: contrato.vendedor, COMPRADOR: contrato.comprador, **theirs}


def initial(found: list[tuple[str, str]], now: datetime) -> dict[str, Any]:
    return {"desde": clock.local_date(now), "parte": found[0][0] if len(found) == 1 else None}


def designation(contrato: Contrato, dados: Mapping[str, Any]) -> dict[str, Any]:
    """For services.designate()."""
    return {
        "agente": _sides(contrato)[dados["parte"]],
        **{name: value for name, value in dados.items() if name != "parte"},
    }
