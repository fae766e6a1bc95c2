"""CCGs as their flows make them. What is celebrated revokes the one before it, at the same instant (3.101)."""

from decimal import Decimal

from django.db import IntegrityError, transaction

from contratos.domain.andamento import FEITAS
from contratos.domain.procedimentos import CCG, CCG_EXISTENTE, SUBSTITUICAO, Peca, Responsavel
from contratos.models import Ccg
from contratos.services.andamento import Andamento
from contratos.services.trilha import note
from portal.kernel.errors import Conflict

DE_CCG = (CCG.codigo, CCG_EXISTENTE.codigo, SUBSTITUICAO.codigo)
DOIS = (
    "Outro CCG deste contrato entrou em vigor neste mesmo instante, e nunca há dois em vigor (cláusula 3.101). "
    "Nada foi gravado: abra o contrato de novo, confira o CCG em vigor e repita o ato se ainda couber."
)
_S = Ccg.Situacao


def reflect(andamento: Andamento, *, by: str) -> None:
    """Inside an act: the row as the flow has it now. A second time changes nothing."""
    ccg, _ = Ccg.objects.get_or_create(fluxo=andamento.fluxo, defaults={"contrato": andamento.fluxo.contrato})
    if ccg.situacao != _S.EM_ELABORACAO:
        return
    if stated := andamento.rows["G1"].evidencia:
        ccg.tipo_garantia, ccg.banco_gestor = stated["tipo_garantia"][:120], stated["banco_gestor"][:120]
        ccg.valor = Decimal(stated["valor"]) if "valor" in stated else None
        ccg.vale_ate = stated.get("vale_ate")
        ccg.save(update_fields=["tipo_garantia", "banco_gestor", "valor", "vale_ate"])
    if _is_signed(andamento):
        _celebrate(ccg, andamento, by=by)


def _is_signed(andamento: Andamento) -> bool:
    """By both sides and the bank."""
    steps = andamento.procedimento.atividades
    signatures = [s.codigo for s in steps if s.assina is Peca.CCG or s.responsavel is Responsavel.BANCO]
    return all(andamento.passos[codigo].situacao in FEITAS for codigo in signatures)


def _celebrate(ccg: Ccg, andamento: Andamento, *, by: str) -> None:
    contrato, now = ccg.contrato, andamento.now
    before = Ccg.objects.select_for_update().filter(contrato=contrato, situacao=_S.EM_VIGOR).first()
    if before is not None:
        before.situacao, before.revoked_at = _S.REVOGADO, now
        before.save(update_fields=["situacao", "revoked_at"])
    ccg.situacao, ccg.celebrated_at, ccg.substitui = _S.EM_VIGOR, now, before
    try:
        with transaction.atomic():
            ccg.save(update_fields=["situacao", "celebrated_at", "substitui"])
    except IntegrityError as error:
        raise Conflict(DOIS) from error
    note(contrato, "ccg_celebrado", by=by, now=now, banco_gestor=ccg.banco_gestor, garantia=ccg.tipo_garantia)
    if before is not None:
        dados = {"banco_gestor": before.banco_gestor, "garantia": before.tipo_garantia}
        note(contrato, "ccg_revogado", by=by, now=now, **dados)
