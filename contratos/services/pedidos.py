"""Procedures that somebody starts by doing their first activity: opened and done in one act, on one day."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contratos import acesso
from contratos.domain.contrato import ESPECIES, Especie
from contratos.domain.evidencia import read
from contratos.domain.procedimentos import PEDIDOS, PROCEDIMENTOS, Pedido, Responsavel
from contratos.models import Contrato, Fluxo
from contratos.services.ancoras import stated as anchors
from contratos.services.atividades import close_activity
from contratos.services.contratos import AindaNaoPode
from contratos.services.fluxos import open_flow
from contratos.services.situacao import lock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.services import act
from portal.kernel.errors import Conflict, NotFound


def find(codigo: str) -> Pedido:
    """Raises NotFound."""
    pedido = PEDIDOS.get(codigo)
    if pedido is None or pedido.novo:
        raise NotFound("Não há este pedido.")
    return pedido


@act()
def request(
    contrato: Contrato,
    codigo: str,
    *,
    evidencia: Mapping[str, Any],
    ator: Ator,
    now: datetime,
    solicitante: Agente | None = None,
) -> Fluxo:
    """`solicitante`: the party that asks; none: CCEE. Raises Forbidden for a side that it does not belong to."""
    pedido = find(codigo)
    if solicitante is None:
        acesso.require_ccee(ator, contrato, now=now)
    else:
        acesso.require_party(ator, contrato, solicitante, now=now)
    _require_possible(contrato, codigo, pedido, solicitante)
    first = PROCEDIMENTOS[codigo].atividades[0]
    # Before anything is opened: what is missing is said of the form.
    stated = read(first.evidencia, evidencia, first.clausulas)
    ancoras = anchors(pedido, stated, now=now)
    fluxo = open_flow(contrato, codigo, ator=ator, now=now, ancoras=ancoras, solicitante=solicitante)
    close_activity(fluxo.atividades.get(codigo=first.codigo).pk, ator=ator, now=now, evidencia=evidencia)
    fluxo.refresh_from_db()
    return fluxo


def _require_possible(contrato: Contrato, codigo: str, pedido: Pedido, solicitante: Agente | None) -> None:
    procedimento = PROCEDIMENTOS[codigo]
    if contrato.tipo not in pedido.especies:
        which = ", ".join(ESPECIES[each] for each in Especie if each in pedido.especies)
        raise AindaNaoPode(
            f"{clauses_of(codigo)}: “{procedimento.nome}” não cabe a este contrato, {contrato.get_especie_display()}. "
            f"Cabe a: {which}."
        )
    if not pedido.um_por_vez:
        return
    lock(contrato)  # of two requests at once the second sees the first
    others = Fluxo.objects.filter(contrato=contrato, procedimento=codigo, closed_at=None)
    if procedimento.atividades[0].responsavel is Responsavel.SOLICITANTE:
        others = others.filter(solicitante=solicitante)
    if others.exists():
        said = f"Já há um pedido em andamento para o contrato: {procedimento.nome}. Conclua-o ou cancele-o"
        raise Conflict(f"{said} ({clauses_of(codigo).lower()}).")


def clauses_of(codigo: str) -> str:
    """Of the first activity, to begin a refusal with."""
    numbers = PROCEDIMENTOS[codigo].atividades[0].clausulas
    return f"Cláusula{'s' if len(numbers) > 1 else ''} {' e '.join(numbers)}"
