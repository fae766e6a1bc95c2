"""CCGs that take another's place (3.98, 3.99), amendments that take effect (3.95) and those not needed (3.92)."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from contratos.domain import garantia
from contratos.domain.andamento import FEITAS
from contratos.domain.contrato import COM_CCG
from contratos.domain.garantia import Motivo, Nova
from contratos.domain.procedimentos import ADITAMENTO, Efeito
from contratos.models import Aditamento, Ccg, Fluxo
from contratos.services.andamento import Andamento, lock, stop
from contratos.services.efeitos.feito import Feito
from contratos.services.eficacia import matching
from contratos.services.trilha import note
from portal.kernel.errors import Conflict, refuse

SEM_INCONSISTENCIA = "sem_inconsistencia"


def ask(feito: Feito) -> None:
    refuse(garantia.reason_problems(Motivo(feito.dados["substituicao_motivo"]), feito.dados))


def state(feito: Feito) -> None:
    """Why it is replaced was stated with the request."""
    dados = feito.dados
    asked = feito.fluxo.atividades.get(codigo="R1").evidencia
    nova = Nova(
        Decimal(dados["valor_exigido"]),
        Decimal(dados["valor"]),
        date.fromisoformat(dados["vale_ate"]),
        dados["banco_gestor"],
        _bank_in_force(feito.fluxo),
    )
    refuse(garantia.new_problems(nova, Motivo(asked["substituicao_motivo"]), feito.hoje))


def _bank_in_force(fluxo: Fluxo) -> str:
    found = Ccg.objects.filter(contrato=fluxo.contrato_id, situacao=Ccg.Situacao.EM_VIGOR)
    return found.values_list("banco_gestor", flat=True).first() or ""


def check(feito: Feito) -> None:
    """What is sent back may have open items: that is why it is sent back."""
    if feito.resultado == SEM_INCONSISTENCIA:
        refuse(garantia.checklist_problems(feito.dados))


def sign(feito: Feito) -> None:
    """With the last of the signatures."""
    steps = [step.codigo for step in ADITAMENTO.atividades if step.efeito is Efeito.ASSINAR_ADITAMENTO]
    if feito.fluxo.atividades.filter(codigo__in=steps, closed_at=None).exists():
        return
    Aditamento.objects.create(contrato=feito.contrato, fluxo=feito.fluxo, signed_at=feito.now)
    note(feito.contrato, "aditamento_assinado", by=feito.by, now=feito.now)


def take_effect(feito: Feito) -> None:
    ccg, stated = matching(feito.fluxo), feito.dados["eficacia"]
    equivalent = "" if ccg is not None or feito.contrato.tipo not in COM_CCG else stated[:300]
    Aditamento.objects.filter(fluxo=feito.fluxo).update(eficaz_em=feito.now, ccg=ccg, equivalente=equivalent)
    note(feito.contrato, "aditamento_eficaz", by=feito.by, now=feito.now, instrumento=stated[:300])


def dispense(feito: Feito) -> None:
    """The amendment that was opened for that act ends."""
    publication = feito.dados["ato_publicado_em"]
    rows = Fluxo.objects.filter(contrato=feito.contrato, procedimento=ADITAMENTO.codigo, closed_at=None)
    for fluxo in rows.filter(ancoras__L=publication):
        andamento = Andamento(lock(fluxo.pk), feito.now)
        signatures = [s for s in andamento.procedimento.atividades if s.assina]
        if any(andamento.passos[s.codigo].situacao in FEITAS for s in signatures):
            raise Conflict(
                "O aditamento desse ato já tem assinatura e não pode mais ser dispensado (cláusula 3.92): "
                "siga com ele até o fim."
            )
        stop(fluxo, estado="dispensado", by=feito.by, now=feito.now)
    note(feito.contrato, "aditamento_dispensado", by=feito.by, now=feito.now, ato=str(feito.ato))


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.PEDIR_SUBSTITUICAO: ask,
    Efeito.INFORMAR_GARANTIA: state,
    Efeito.CONFERIR_GARANTIA: check,
    Efeito.ASSINAR_ADITAMENTO: sign,
    Efeito.DAR_EFICACIA: take_effect,
    Efeito.DISPENSAR_ADITAMENTO: dispense,
}
