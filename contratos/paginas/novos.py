"""Which contracts a person may register itself, and the form for each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contratos.domain.evidencia import fields
from contratos.domain.procedimentos import PEDIDOS, PROCEDIMENTOS
from contratos.forms.atividade import CamposForm
from contratos.paginas import leitor
from contratos.paginas.leitor import Leitor
from contratos.services.registros import whose
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.kernel.errors import Forbidden


def offered(quem_le: Leitor) -> list[tuple[str, str]]:
    """Code and words."""
    return [(codigo, pedido.rotulo) for codigo, pedido in PEDIDOS.items() if pedido.novo and _may(codigo, quem_le)]


def _may(codigo: str, quem_le: Leitor) -> bool:
    return quem_le.ccee if PROCEDIMENTOS[codigo].comeca_na_ccee else bool(quem_le.alteraveis)


def require(codigo: str, ator: Ator, *, now: datetime) -> None:
    if not _may(codigo, leitor.of(ator, now=now)):
        raise Forbidden(whose(codigo))


def form_of(codigo: str, ator: Ator, data: Mapping[str, Any] | None, *, now: datetime) -> CamposForm:
    """The seller is filled in for whoever acts for one company only."""
    form = CamposForm(fields(PROCEDIMENTOS[codigo].atividades[0].evidencia), data)
    own = leitor.of(ator, now=now).alteraveis
    if len(own) == 1 and "vendedor" in form.fields:
        form.fields["vendedor"].initial = Agente.objects.get(pk__in=own).sigla
    return form
