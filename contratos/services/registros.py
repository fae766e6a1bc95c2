"""Contracts that a party registers itself: made, and the first activity of their procedure done, in one act."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from contratos import acesso
from contratos.domain.contrato import order_problem
from contratos.domain.evidencia import read
from contratos.domain.procedimentos import PEDIDOS, PROCEDIMENTOS, Pedido
from contratos.models import Contrato
from contratos.services import numeracao
from contratos.services.ancoras import stated as anchors
from contratos.services.atividades import close_activity
from contratos.services.empresas import company
from contratos.services.fluxos import open_flow
from contratos.services.trilha import note
from portal import clock
from portal.agentes.acesso import Acao, Ator, alteraveis
from portal.agentes.acesso import may as may_for
from portal.agentes.models import Agente
from portal.auditoria.services import act
from portal.kernel.errors import Forbidden, NotFound, refuse


def find(codigo: str) -> Pedido:
    """Raises NotFound."""
    pedido = PEDIDOS.get(codigo)
    if pedido is None or not pedido.novo:
        raise NotFound("Não há este registro.")
    return pedido


@act()
def register_contract(codigo: str, *, evidencia: Mapping[str, Any], ator: Ator, now: datetime) -> Contrato:
    """By the seller, or by CCEE where the procedure begins with it. Raises Forbidden, and DomainError by field."""
    pedido = find(codigo)
    first = PROCEDIMENTOS[codigo].atividades[0]
    if not may_register(codigo, ator, now=now):
        raise Forbidden(whose(codigo))
    stated = read(first.evidencia, evidencia, first.clausulas)
    vendedor, comprador = company(stated, "vendedor"), company(stated, "comprador")
    by_ccee = PROCEDIMENTOS[codigo].comeca_na_ccee
    if not by_ccee and not may_for(ator, Acao.ALTERAR, vendedor, on=clock.local_date(now)):
        clausula = f"Cláusula {first.clausulas[0]}"
        raise Forbidden(f"{clausula}: o registro cabe a {vendedor.sigla}, que vende, por seu representante CCEE.")
    contrato = _create(pedido, vendedor, comprador, stated, by=ator.nome, now=now)
    ancoras = anchors(pedido, stated, now=now)
    solicitante = None if by_ccee else vendedor
    fluxo = open_flow(contrato, codigo, ator=ator, now=now, ancoras=ancoras, solicitante=solicitante)
    close_activity(fluxo.atividades.get(codigo=first.codigo).pk, ator=ator, now=now, evidencia=evidencia)
    contrato.refresh_from_db()
    return contrato


def whose(codigo: str) -> str:
    """To refuse with."""
    who = "à CCEE" if PROCEDIMENTOS[codigo].comeca_na_ccee else "a quem vende, por seu representante CCEE"
    return f"Cláusula {PROCEDIMENTOS[codigo].atividades[0].clausulas[0]}: “{PEDIDOS[codigo].rotulo}” cabe {who}."


def may_register(codigo: str, ator: Ator, *, now: datetime) -> bool:
    """For some company at least, or as CCEE: before anything is read."""
    if PROCEDIMENTOS[codigo].comeca_na_ccee:
        return acesso.is_ccee(ator)
    return alteraveis(ator, on=clock.local_date(now)).exists()


def _create(
    pedido: Pedido, vendedor: Agente, comprador: Agente, stated: Mapping[str, str], *, by: str, now: datetime
) -> Contrato:
    (especie,) = pedido.especies
    inicio, fim = date.fromisoformat(stated["suprimento_inicio"]), date.fromisoformat(stated["suprimento_fim"])
    same = f"{comprador.sigla} é o vendedor: a contraparte tem de ser outra empresa." if vendedor == comprador else ""
    refuse({"suprimento_fim": order_problem(inicio, fim), "comprador": same})
    contrato = Contrato(
        especie=especie.value,
        vendedor=vendedor,
        comprador=comprador,
        suprimento_inicio=inicio,
        suprimento_fim=fim,
        energia_mwh=0,
        montante_mwmed=0,
        created_at=now,
    )
    numeracao.create(contrato, now=now)
    note(contrato, "cadastrado", by=by, now=now, especie=especie.value, vendedor=vendedor.sigla)
    return contrato
