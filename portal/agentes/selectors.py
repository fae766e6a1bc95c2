"""Reading: what one actor is to each of many companies."""

from collections.abc import Collection, Mapping
from datetime import date

from portal.agentes.acesso import Ator, in_force
from portal.agentes.models import Papel, Representacao


def papeis_by_agente(ator: Ator, pks: Collection[int], *, on: date) -> Mapping[int, list[str]]:
    """Agente id -> the actor's roles in force for it, in one query; an id without any is missing."""
    if ator.chave is not None:
        own = ator.chave.agente_id
        return {own: [str(Papel.REPRESENTANTE_CCEE)]} if own in pks and own is not None else {}
    rows = Representacao.objects.filter(in_force(on), usuario=ator.usuario, agente__in=pks)
    found: dict[int, list[str]] = {}
    for pk, papel in rows.order_by("agente", "papel").values_list("agente", "papel").distinct():
        found.setdefault(pk, []).append(papel)
    return found
