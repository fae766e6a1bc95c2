"""CCEE's yearly runs: what waits, how far each came, and what lacked something."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contratos import acesso
from contratos.models import Rodada
from contratos.services.rodadas import TAREFAS, Tarefa, waiting
from portal import clock
from portal.agentes.acesso import Ator
from portal.kernel.errors import Forbidden

ANTERIORES = 20


@dataclass(frozen=True, slots=True)
class Espera:
    tarefa: Tarefa
    contratos: int
    em_curso: Rodada | None


@dataclass(frozen=True, slots=True)
class Feita:
    rodada: Rodada
    nome: str


def require(ator: Ator) -> None:
    if not acesso.is_ccee(ator):
        raise Forbidden("As rodadas de sazonalização são da CCEE.")


def page(ator: Ator, ano: int | None, *, now: datetime) -> dict[str, Any]:
    """Of the next civil year unless another is asked for. Raises Forbidden."""
    require(ator)
    seguinte = clock.local_date(now).year + 1
    shown = ano if ano is not None and seguinte - 1 <= ano <= seguinte else seguinte
    going = {row.codigo: row for row in Rodada.objects.filter(ano=shown, finished_at=None)}
    esperas = [Espera(each, waiting(each, shown).count(), going.get(each.codigo)) for each in TAREFAS.values()]
    anteriores = [Feita(row, TAREFAS[row.codigo].nome) for row in Rodada.objects.exclude(finished_at=None)[:ANTERIORES]]
    anos = [str(seguinte - 1), str(seguinte)]
    return {"ano": str(shown), "anos": anos, "esperas": esperas, "anteriores": anteriores}
