"""What a step of a flow means for its contract: the machine of the signature moves with the flows, never by hand."""

from collections.abc import Iterable
from datetime import datetime

from contratos.domain.andamento import FEITAS, Situacao
from contratos.domain.contrato import Assinatura, require_passage
from contratos.domain.procedimentos import EXISTENTE, MARCOS, NOVO, Peca
from contratos.domain.procedimentos.marcos import Tipo
from contratos.models import Contrato, Fluxo
from contratos.procedimentos import marcos_of
from contratos.services import instrumentos
from contratos.services.andamento import Andamento
from contratos.services.trilha import note

DE_ASSINATURA = (NOVO.codigo, EXISTENTE.codigo)
CAMINHO = (
    Assinatura.RASCUNHO,
    Assinatura.EM_ELABORACAO,
    Assinatura.EM_VALIDACAO,
    Assinatura.DISPONIVEL,
    Assinatura.PARCIAL,
    Assinatura.ASSINADO,
)


def reflect(andamento: Andamento, *, by: str) -> None:
    """The signature's state as the flow in hand has it now. Inside an act."""
    fluxo = andamento.fluxo
    if fluxo.procedimento in DE_ASSINATURA:
        _advance(fluxo.contrato, _of_signature(andamento), by=by, now=andamento.now)
    elif fluxo.procedimento == MARCOS and _validating(fluxo, andamento):
        _advance(fluxo.contrato, Assinatura.EM_VALIDACAO, by=by, now=andamento.now)
    elif fluxo.procedimento in instrumentos.DE_CCG:
        instrumentos.reflect(andamento, by=by)


def _of_signature(andamento: Andamento) -> Assinatura:
    steps = andamento.procedimento.atividades
    signed = [andamento.passos[s.codigo].situacao in FEITAS for s in steps if s.assina is Peca.CONTRATO]
    if all(signed):
        return Assinatura.ASSINADO
    if any(signed):
        return Assinatura.PARCIAL
    issued = any(andamento.passos[step.codigo].situacao in FEITAS for step in steps if step.emite is Peca.CONTRATO)
    return Assinatura.DISPONIVEL if issued else Assinatura.EM_ELABORACAO


def _validating(fluxo: Fluxo, andamento: Andamento) -> bool:
    codes = [marco.codigo for marco in marcos_of(fluxo) if marco.tipo is Tipo.VALIDACAO]
    return any(andamento.passos[codigo].situacao is not Situacao.AGUARDANDO for codigo in codes)


def _advance(contrato: Contrato, para: Assinatura, *, by: str, now: datetime) -> None:
    """Step by step along the drawing; never back."""
    for step in _between(Assinatura(contrato.assinatura), para):
        require_passage(Assinatura(contrato.assinatura), step)
        contrato.assinatura = step.value
        contrato.signed_at = now if step is Assinatura.ASSINADO else None
        note(contrato, "situacao", by=by, now=now, assinatura=step.value)
    contrato.save(update_fields=["assinatura", "signed_at"])


def _between(de: Assinatura, para: Assinatura) -> Iterable[Assinatura]:
    if de not in CAMINHO or CAMINHO.index(de) >= CAMINHO.index(para):
        return ()
    return CAMINHO[CAMINHO.index(de) + 1 : CAMINHO.index(para) + 1]
