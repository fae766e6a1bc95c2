"""What a person has to do in contracts, by when it is due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from contratos import acesso
from contratos.models import Atividade
from contratos.paginas import leitor, vez
from contratos.paginas.leitor import Leitor
from contratos.paginas.listagem import ruler
from contratos.paginas.palavras import Regua
from contratos.paginas.vez import Vez
from contratos.services import historicos
from portal import clock
from portal.agentes import acesso as agentes
from portal.agentes.acesso import Ator

PERTO_DU = 10
POR_GRUPO = 50
Periodo = Callable[[Regua], Q]


@dataclass(frozen=True, slots=True)
class Item:
    vez: Vez
    pode: bool


@dataclass(frozen=True, slots=True)
class Grupo:
    """`total` may be more than the items that are shown."""

    titulo: str
    tom: str
    total: int
    itens: Sequence[Item]


GRUPOS: tuple[tuple[str, str, Periodo], ...] = (
    ("Vence hoje", "alerta", lambda regua: Q(vence_em=regua.hoje)),
    ("Atrasadas", "erro", lambda regua: Q(vence_em__lt=regua.hoje)),
    ("Próximos 10 dias úteis", "neutro", lambda regua: Q(vence_em__gt=regua.hoje, vence_em__lte=_near(regua))),
    ("Depois", "neutro", lambda regua: Q(vence_em__gt=_near(regua))),
    ("Sem prazo", "neutro", lambda regua: Q(vence_em=None)),
)


def read(ator: Ator, *, now: datetime) -> dict[str, Any]:
    quem_le, regua = leitor.of(ator, now=now), ruler(now)
    rows = _of(ator, quem_le, now=now)
    groups = [_group(titulo, tom, rows.filter(periodo(regua)), quem_le, regua) for titulo, tom, periodo in GRUPOS]
    waiting = historicos.to_answer(ator, now=now).count()
    return {
        "grupos": groups,
        "nada": not waiting and not any(grupo.total for grupo in groups),
        "historicos": waiting,
        "placar": [(grupo.total, grupo.titulo, grupo.tom) for grupo in groups[:3]],
        "hoje": regua.hoje,
        "age": quem_le.acts,
    }


def _near(regua: Regua) -> date:
    return regua.calendario.add(regua.hoje, PERTO_DU)


def _group(titulo: str, tom: str, rows: QuerySet[Atividade], quem_le: Leitor, regua: Regua) -> Grupo:
    shown = list(rows[: POR_GRUPO + 1])
    total = len(shown) if len(shown) <= POR_GRUPO else rows.count()
    itens = [Item(vez.turn(row, regua), quem_le.may(row.fluxo, row.responsavel)) for row in shown[:POR_GRUPO]]
    return Grupo(titulo, tom, total, itens)


def _of(ator: Ator, quem_le: Leitor, *, now: datetime) -> QuerySet[Atividade]:
    """What CCEE holds, for its people; what the companies that one represents hold; for who only looks, everything."""
    own = agentes.represented(ator, on=clock.local_date(now)).order_by().values("pk")
    condition = acesso.held_by(own)
    if quem_le.ccee:
        condition |= acesso.held_by_ccee()
    elif acesso.sees_all(ator):
        condition = Q()
    rows = vez.open_rows().filter(condition)
    for procedimento, codigo in sorted(vez.SOZINHAS):
        rows = rows.exclude(fluxo__procedimento=procedimento, codigo=codigo)
    return rows.order_by(F("vence_em").asc(nulls_last=True), "fluxo", "ordem")
