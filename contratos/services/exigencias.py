"""What the edital asks before the signature (3.5): met by whom it is owed, each once."""

from datetime import datetime

from contratos import acesso
from contratos.domain.procedimentos import DA_CCEE, Responsavel
from contratos.models import Contrato, Cumprimento, ExigenciaDoEdital
from contratos.services.trilha import note
from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.services import act
from portal.kernel.errors import Conflict, Forbidden, NotFound, refusal

SEM_COMPROVANTE = "Diga o que comprova o cumprimento: documento, número e data."


@act()
def fulfil(
    contrato: Contrato, exigencia: ExigenciaDoEdital, *, comprovante: str, ator: Ator, now: datetime
) -> Cumprimento:
    """By the party that owes it, or by CCEE."""
    require_debtor(contrato, exigencia, ator=ator, now=now)
    if exigencia.leilao_id != contrato.leilao_id:
        raise NotFound("Esta exigência é de outro leilão.")
    if done := Cumprimento.objects.filter(contrato=contrato, exigencia=exigencia).first():
        when = clock.local(done.met_at)
        raise Conflict(f"A exigência já foi dada por cumprida por {done.met_by} em {when:%d/%m/%Y às %H:%M}.")
    if not comprovante.strip():
        raise refusal("comprovante", SEM_COMPROVANTE)
    met = Cumprimento.objects.create(
        contrato=contrato, exigencia=exigencia, comprovante=comprovante.strip()[:300], met_at=now, met_by=ator.nome
    )
    dados = {"exigencia": exigencia.texto, "comprovante": met.comprovante}
    note(contrato, "exigencia_cumprida", by=ator.nome, now=now, **dados)
    return met


def require_debtor(contrato: Contrato, exigencia: ExigenciaDoEdital, *, ator: Ator, now: datetime) -> None:
    """Raises NotFound for whoever may not see the contract, Forbidden for whoever does not owe it."""
    acesso.find(ator, contrato.numero, now=now)
    refusal: Forbidden | None = None
    for agente in debtors(contrato, exigencia):
        try:
            acesso.require_party(ator, contrato, agente, now=now)
        except Forbidden as error:
            refusal = error
        else:
            return
    if refusal is not None:
        raise refusal
    acesso.require_ccee(ator, contrato, now=now)


def debtors(contrato: Contrato, exigencia: ExigenciaDoEdital) -> list[Agente]:
    """The parties that owe it; none: CCEE does."""
    responsavel = Responsavel(exigencia.de_quem)
    if responsavel in DA_CCEE:
        return []
    if responsavel is Responsavel.VENDEDOR:
        return [contrato.vendedor]
    if responsavel is Responsavel.COMPRADOR:
        return [contrato.comprador] if contrato.comprador else []
    return contrato.partes
