"""Contracts that a party registers itself: made, and the first activity of their procedure done, in one act."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from contratos import acesso
from contratos.domain.evidencia import read
from contratos.domain.procedimentos import DA_CCEE, PEDIDOS, PROCEDIMENTOS, Atividade, Pedido
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
from portal.kernel.errors import DomainError, Forbidden, NotFound


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
        raise Forbidden(f"“{pedido.rotulo}” não cabe a você: é da CCEE, ou de quem vende, por seu representante CCEE.")
    stated = read(first.evidencia, evidencia)
    vendedor, comprador = company(stated, "vendedor"), company(stated, "comprador")
    by_ccee = first.responsavel in DA_CCEE
    _require(ator, vendedor, first, now=now)
    contrato = _create(pedido, vendedor, comprador, stated, by=ator.nome, now=now)
    ancoras = anchors(pedido, stated, now=now)
    solicitante = None if by_ccee else vendedor
    fluxo = open_flow(contrato, codigo, ator=ator, now=now, ancoras=ancoras, solicitante=solicitante)
    close_activity(fluxo.atividades.get(codigo=first.codigo).pk, ator=ator, now=now, evidencia=evidencia)
    contrato.refresh_from_db()
    return contrato


def may_register(codigo: str, ator: Ator, *, now: datetime) -> bool:
    """For some company at least, or as CCEE: before anything is read."""
    if PROCEDIMENTOS[codigo].atividades[0].responsavel in DA_CCEE:
        return acesso.is_ccee(ator)
    known = ator.usuario is not None or ator.chave is not None
    return known and alteraveis(ator, on=clock.local_date(now)).exists()


def _require(ator: Ator, vendedor: Agente, first: Atividade, *, now: datetime) -> None:
    clausula = f"Cláusula {first.clausulas[0]}"
    if first.responsavel in DA_CCEE:
        if not acesso.is_ccee(ator):
            raise Forbidden(f"{clausula}: este registro cabe à CCEE.")
    elif not may_for(ator, Acao.ALTERAR, vendedor, on=clock.local_date(now)):
        raise Forbidden(f"{clausula}: o registro cabe a {vendedor.sigla}, que vende, por seu representante CCEE.")


def _create(
    pedido: Pedido, vendedor: Agente, comprador: Agente, stated: Mapping[str, str], *, by: str, now: datetime
) -> Contrato:
    (especie,) = pedido.especies
    inicio, fim = date.fromisoformat(stated["suprimento_inicio"]), date.fromisoformat(stated["suprimento_fim"])
    if fim < inicio:
        problem = f"O suprimento terminaria ({fim:%d/%m/%Y}) antes de começar ({inicio:%d/%m/%Y})."
        raise DomainError(problem, erros={"suprimento_fim": [problem]})
    if vendedor == comprador:
        problem = f"{comprador.sigla} é o vendedor: a contraparte tem de ser outra empresa."
        raise DomainError(problem, erros={"comprador": [problem]})
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
