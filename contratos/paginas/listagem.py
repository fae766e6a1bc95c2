"""One page of contracts with whose turn it is in each, in a number of queries that does not grow with the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any

from django.db.models import Min, Q, QuerySet

from contratos import acesso, selectors
from contratos.domain.andamento import VIVAS
from contratos.domain.contrato import Assinatura
from contratos.forms.listagem import FiltroForm
from contratos.models import Atividade, Contrato, Leilao
from contratos.paginas import cedidos, leitor, novos, vez
from contratos.paginas.palavras import Etiqueta, Regua
from contratos.paginas.vez import Vez
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.calendario.selectors import calendar
from portal.kernel import cnpj as kernel_cnpj
from portal.kernel.text import searchable

POR_PAGINA = 25
ETIQUETAS = {
    "atrasado": Etiqueta("erro", "Atrasado"),
    "vence_em_breve": Etiqueta("alerta", "Vence em até 3 dias úteis"),
    "em_dia": Etiqueta("ok", "Em dia"),
}


@dataclass(frozen=True, slots=True)
class Linha:
    """`vez`: the most urgent; `outras`: how many more can be done now."""

    contrato: Contrato
    vez: Vez | None
    outras: int
    etiqueta: Etiqueta | None


def page(ator: Ator, query: Mapping[str, str], *, now: datetime) -> dict[str, Any]:
    visible = acesso.visible(ator, now=now)
    form = FiltroForm(query, leiloes=Leilao.objects.filter(pk__in=visible.order_by().values("leilao")))
    numero, filtro = form.numero(), form.filtro()
    regua = ruler(now)
    found = _filtered(visible, filtro, regua)
    total = found.count()
    start = (numero - 1) * POR_PAGINA
    contratos = list(found[start : start + POR_PAGINA])
    return {
        "form": form,
        "linhas": _lines(contratos, regua),
        "total": total,
        "pagina": numero,
        "paginas": max(1, ceil(total / POR_PAGINA)),
        "filtrou": any(filtro.values()),
        "ve_todos": acesso.sees_all(ator),
        "cedidos": cedidos.listed(ator, now=now),
        "novos": novos.offered(leitor.of(ator, now=now)),
    }


def ruler(now: datetime) -> Regua:
    return Regua(selectors.deadline_day(now), calendar())


def _filtered(contratos: QuerySet[Contrato], filtro: Mapping[str, Any], regua: Regua) -> QuerySet[Contrato]:
    if especie := filtro["especie"]:
        contratos = contratos.filter(especie=especie)
    if leilao := filtro["leilao"]:
        contratos = contratos.filter(leilao=leilao)
    if situacao := filtro["situacao"]:
        column = "assinatura" if situacao in set(Assinatura) else "registro"
        contratos = contratos.filter(**{column: situacao})
    if prazo := filtro["prazo"]:
        contratos = contratos.filter(_by_lateness(prazo, regua))
    return contratos.filter(_by_text(filtro["texto"])) if filtro["texto"] else contratos


def _by_lateness(prazo: str, regua: Regua) -> Q:
    late = Q(pk__in=_due(vence_em__lt=regua.hoje))
    soon = Q(pk__in=_due(vence_em__gte=regua.hoje, vence_em__lte=regua.breve))
    return {"atrasado": late, "vence_em_breve": soon & ~late, "em_dia": ~late & ~soon}[prazo]


def _due(**when: Any) -> QuerySet[Any]:
    live = Atividade.objects.filter(situacao__in=[s.value for s in VIVAS], fluxo__closed_at=None, **when)
    return live.order_by().values("fluxo__contrato")


def _by_text(texto: str) -> Q:
    """The number of the contract, or one of its sides by sigla, CNPJ or razão social; every word, in any order."""
    words = searchable(texto).split()[:8]
    compact = kernel_cnpj.compact(texto)
    sides = Q(cnpj__contains=compact) if compact else Q(pk=None)
    for column in ("sigla_busca", "razao_social_busca"):
        condition = Q()
        for word in words:
            condition &= Q(**{f"{column}__contains": word})
        sides |= condition if words else Q(pk=None)
    found = Agente.objects.filter(sides).order_by().values("pk")
    return Q(numero__contains=texto.strip().upper()) | Q(vendedor__in=found) | Q(comprador__in=found)


def _lines(contratos: list[Contrato], regua: Regua) -> list[Linha]:
    turns = vez.of_contracts(contratos, regua)
    soonest = dict(_due(fluxo__contrato__in=contratos).values_list("fluxo__contrato").annotate(Min("vence_em")))
    return [_line(contrato, turns[contrato.pk], soonest.get(contrato.pk), regua) for contrato in contratos]


def _line(contrato: Contrato, turns: list[Vez], soonest: date | None, regua: Regua) -> Linha:
    return Linha(contrato, turns[0] if turns else None, max(0, len(turns) - 1), _label(soonest, regua))


def _label(soonest: date | None, regua: Regua) -> Etiqueta | None:
    """As _by_lateness() finds them; none where nothing is due."""
    if soonest is None:
        return None
    if soonest < regua.hoje:
        return ETIQUETAS["atrasado"]
    return ETIQUETAS["vence_em_breve" if soonest <= regua.breve else "em_dia"]
