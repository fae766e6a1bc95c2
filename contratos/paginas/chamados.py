"""What the page of tickets shows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contratos import acesso
from contratos.forms.chamados import ChamadoForm
from contratos.models import Chamado
from portal import clock
from portal.agentes.acesso import Ator
from portal.kernel.errors import DomainError, Forbidden

MOSTRADOS = 200  # the open ones come first


def page(posted: Mapping[str, Any] | None, *, ator: Ator, now: datetime) -> dict[str, Any]:
    """Raises Forbidden for whoever does not work for CCEE."""
    if not acesso.is_ccee(ator):
        raise Forbidden("Os chamados são registrados pela CCEE. Os do seu contrato estão no relatório de situação.")
    rows = Chamado.objects.select_related("contrato", "agente").order_by("-encerrado_em", "-aberto_em", "-pk")
    return {"form": ChamadoForm(posted, hoje=clock.local_date(now)), "chamados": rows[:MOSTRADOS]}


def show(form: ChamadoForm, refusal: DomainError) -> None:
    """Each message at its field; the rest above them all."""
    for field, texts in refusal.erros.items():
        form.add_error(field if field in form.fields else None, texts)
    if not refusal.erros:
        form.add_error(None, refusal.detail)
