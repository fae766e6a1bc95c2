"""Which flows CCEE may open for a contract, and who may stop one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contratos import acesso, procedimentos
from contratos.domain.contrato import DE_LEILAO
from contratos.domain.procedimentos import ADITAMENTO, EXISTENTE, NOVO, PROCEDIMENTOS
from contratos.forms.fluxo import AberturaForm
from contratos.models import Contrato, Fluxo, TipoDeLeilao
from portal.agentes.acesso import Ator
from portal.kernel.errors import NotFound

TEXTO = "Os prazos contam-se das datas abaixo. As que ainda não se conhecem podem ser informadas depois."
TEXTO_DAS_DATAS = (
    "Somente as atividades em aberto mudam de prazo; o prazo anterior fica na trilha. Uma data em branco não muda."
)
DE_NOVO = frozenset({TipoDeLeilao.NOVA.value, TipoDeLeilao.RESERVA.value})


def form_of(contrato: Contrato, data: Mapping[str, Any] | None) -> AberturaForm:
    """The flow of its kind of auction, and the amendment. What a party asks for it opens itself."""
    offered = [ADITAMENTO]
    if contrato.tipo in DE_LEILAO and contrato.leilao is not None:
        offered.insert(0, NOVO if contrato.leilao.tipo in DE_NOVO else EXISTENTE)
    letters = sorted({letra for each in offered for letra in each.ancoras})
    form = AberturaForm([(each.codigo, each.nome) for each in offered], letters, data)
    if contrato.leilao is not None and contrato.leilao.homologado_em and "H" in form.fields:
        form.fields["H"].initial = contrato.leilao.homologado_em
    return form


def chosen(form: AberturaForm) -> dict[str, Any]:
    """For services.open_flow(): only the dates that the procedure counts from."""
    codigo = form.cleaned_data["procedimento"]
    wanted = PROCEDIMENTOS[codigo].ancoras
    return {
        "procedimento": codigo,
        "ancoras": {letra: day for letra, day in form.ancoras().items() if letra in wanted},
    }


def find(contrato: Contrato, pk: int) -> Fluxo:
    fluxo = contrato.fluxos.select_related("marcos", "solicitante").filter(pk=pk).first()
    if fluxo is None:
        raise NotFound("Este fluxo não é deste contrato.")
    return fluxo


def letters(fluxo: Fluxo) -> tuple[str, ...]:
    return procedimentos.of(fluxo).ancoras


def require_cancel(fluxo: Fluxo, ator: Ator, *, now: datetime) -> None:
    if fluxo.solicitante is None:
        acesso.require_ccee(ator, fluxo.contrato, now=now)
    else:
        acesso.require_party(ator, fluxo.contrato, fluxo.solicitante, now=now)
