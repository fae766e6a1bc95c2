"""Changes that a party asks for (3.79): opened and sent in one act, so that T is the day of both."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contratos import acesso
from contratos.domain.contrato import Assinatura
from contratos.domain.evidencia import read
from contratos.domain.procedimentos import SOLICITACAO
from contratos.models import Contrato, Fluxo
from contratos.services.atividades import close_activity
from contratos.services.contratos import AindaNaoPode
from contratos.services.fluxos import open_flow
from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.services import act
from portal.kernel.errors import Conflict


@act()
def request_change(
    contrato: Contrato, solicitante: Agente, *, evidencia: Mapping[str, Any], ator: Ator, now: datetime
) -> Fluxo:
    """Bank data, representatives or branch; any other change is no request of this kind (3.79, 3.82)."""
    acesso.require_party(ator, contrato, solicitante, now=now)
    if Assinatura(contrato.assinatura) is not Assinatura.ASSINADO:
        raise AindaNaoPode(
            f"Cláusula 3.79: o contrato está “{contrato.situacao}”. A alteração por solicitação é de contrato assinado."
        )
    if Fluxo.objects.filter(
        contrato=contrato, procedimento=SOLICITACAO.codigo, solicitante=solicitante, closed_at=None
    ):
        raise Conflict(
            "Já há uma solicitação desta empresa em andamento para o contrato. Conclua-a ou cancele-a antes."
        )
    first = SOLICITACAO.atividades[0]
    read(first.evidencia, evidencia)  # before anything is opened: what is missing is said of the form
    ancoras = {"T": clock.local_date(now)}
    fluxo = open_flow(contrato, SOLICITACAO.codigo, ator=ator, now=now, ancoras=ancoras, solicitante=solicitante)
    row = fluxo.atividades.get(codigo=first.codigo)
    close_activity(row.pk, ator=ator, now=now, evidencia=evidencia)
    return fluxo
