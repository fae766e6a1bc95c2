"""What may be asked for on a contract, by whom, and the form for it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from contratos.domain.contrato import DE_LEILAO, Assinatura, Registro
from contratos.domain.evidencia import fields
from contratos.domain.procedimentos import (
    DA_CCEE,
    PEDIDOS,
    PROCEDIMENTOS,
    RESPONSAVEIS,
    Exigencia,
    Responsavel,
)
from contratos.forms.atividade import CamposForm
from contratos.models import Contrato
from contratos.paginas import leitor
from contratos.paginas.leitor import Leitor
from contratos.services.pedidos import clauses_of
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.kernel.errors import Forbidden

EM_VIGOR = (Registro.REGISTRADO, Registro.SUSPENSO)


def offered(contrato: Contrato, quem_le: Leitor, *, fora: Collection[str], tem_ccg: bool) -> list[tuple[str, str]]:
    """Code and words of what this reader may ask for, in the state in which the contract is.

    `fora`: what its kind knows to be out of season; `tem_ccg`: whether one is in force.
    """
    return [
        (codigo, pedido.rotulo)
        for codigo, pedido in PEDIDOS.items()
        if not pedido.novo
        and codigo not in fora
        and contrato.tipo in pedido.especies
        and _in_season(contrato, codigo)
        and (_is_ccees(codigo) if quem_le.ccee else _is_theirs(contrato, codigo, quem_le))
        and (tem_ccg or not _needs_ccg(codigo))
    ]


def _is_theirs(contrato: Contrato, codigo: str, quem_le: Leitor) -> bool:
    return _holder(codigo) not in DA_CCEE and _side(contrato, codigo, quem_le) is not None


def _in_season(contrato: Contrato, codigo: str) -> bool:
    exige = PROCEDIMENTOS[codigo].atividades[0].exige
    signed = Assinatura(contrato.assinatura) is Assinatura.ASSINADO or contrato.tipo not in DE_LEILAO
    registered = Registro(contrato.registro) in EM_VIGOR
    left = registered or Registro(contrato.registro) is Registro.RESCINDIDO
    return (
        (signed or Exigencia.ASSINADO not in exige)
        and (registered or Exigencia.REGISTRADO not in exige)
        and (left or Exigencia.CANCELAVEL not in exige)
    )


def _needs_ccg(codigo: str) -> bool:
    return Exigencia.CCG_EM_VIGOR in PROCEDIMENTOS[codigo].atividades[0].exige


def requester(contrato: Contrato, codigo: str, ator: Ator, *, now: datetime) -> Agente | None:
    """The party for which the person asks, None for CCEE. Who acts for both asks as the seller where either may."""
    quem_le, holder = leitor.of(ator, now=now), _holder(codigo)
    if quem_le.ccee and _is_ccees(codigo):
        return None
    side = None if holder in DA_CCEE else _side(contrato, codigo, quem_le)
    if side is None:
        what = f"{clauses_of(codigo)}: “{PEDIDOS[codigo].rotulo}” cabe"
        who = RESPONSAVEIS[holder].lower() if holder in LADOS else "uma das partes do contrato"
        raise Forbidden(f"{what} à CCEE." if holder in DA_CCEE else f"{what} ao representante CCEE de {who}.")
    return side


LADOS = (Responsavel.VENDEDOR, Responsavel.COMPRADOR)


def _holder(codigo: str) -> Responsavel:
    return PROCEDIMENTOS[codigo].atividades[0].responsavel


def _is_ccees(codigo: str) -> bool:
    return _holder(codigo) in DA_CCEE or PEDIDOS[codigo].tambem_ccee


def _side(contrato: Contrato, codigo: str, quem_le: Leitor) -> Agente | None:
    holder = _holder(codigo)
    wanted = {Responsavel.VENDEDOR: contrato.vendedor, Responsavel.COMPRADOR: contrato.comprador}
    sides = quem_le.sides(contrato)
    return next((side for side in sides if holder not in wanted or side == wanted[holder]), None)


def form_of(codigo: str, data: Mapping[str, Any] | None) -> CamposForm:
    return CamposForm(fields(PROCEDIMENTOS[codigo].atividades[0].evidencia), data)
