"""Who may see a contract and act in it. Built on portal.agentes.acesso, which knows who represents whom.

Whoever may not see a contract gets NotFound, in the words of a number that does not exist.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from contratos.domain.procedimentos import DA_CCEE, RESPONSAVEIS, Responsavel
from contratos.models import Contrato, Fluxo, Sucessao
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao, Ator
from portal.agentes.models import Agente
from portal.kernel.errors import Forbidden, NotFound

NAO_HA = "Não encontramos este contrato entre os das empresas que você representa."


def visible(ator: Ator, *, now: datetime) -> QuerySet[Contrato]:
    """All of them for CCEE and the regulator; else those of which one side is represented."""
    contratos = Contrato.objects.select_related("vendedor", "comprador", "leilao")
    if sees_all(ator):
        return contratos
    agentes = acesso.visible_agentes(ator, on=clock.local_date(now)).values("pk")
    comes = Fluxo.objects.filter(sucessora__in=agentes, closed_at=None).values("contrato")  # to sign its succession
    # The contract that theirs took the place of: to look up what they inherited (3.87).
    before = Contrato.objects.filter(Q(vendedor__in=agentes) | Q(comprador__in=agentes), sucede__isnull=False)
    theirs = Q(vendedor__in=agentes) | Q(comprador__in=agentes)
    return contratos.filter(theirs | Q(pk__in=comes) | Q(pk__in=before.order_by().values("sucede")))


def find(ator: Ator, numero: str, *, now: datetime) -> Contrato:
    found = visible(ator, now=now).filter(numero=numero[:30]).first()
    if found is None:
        raise NotFound(NAO_HA)
    return found


def ceded(ator: Ator, *, now: datetime) -> QuerySet[Sucessao]:
    """The cessions by which a company of theirs left a contract that they may not see any more (3.87).

    It may look up what the contract was until that day, and nothing else: see paginas.cedidos.
    """
    agentes = acesso.visible_agentes(ator, on=clock.local_date(now)).values("pk")
    rows = Sucessao.objects.filter(tipo=Sucessao.Tipo.CESSAO, effected_at__isnull=False, sucedida__in=agentes)
    return rows.exclude(contrato__in=visible(ator, now=now)).select_related(
        "contrato__vendedor", "contrato__comprador", "contrato__leilao", "sucedida", "sucessora"
    )


def sees_all(ator: Ator) -> bool:
    return ator.usuario is not None and ator.usuario.has_perm("contratos.view_contrato")


def is_ccee(ator: Ator) -> bool:
    return ator.usuario is not None and ator.usuario.has_perm("contratos.act_as_ccee")


def responsible(fluxo: Fluxo, responsavel: Responsavel) -> list[Agente]:
    """The agentes that hold an activity; none: CCEE does. CCEE is the other side of a CER."""
    contrato = fluxo.contrato
    if responsavel in DA_CCEE:
        return []
    if responsavel is Responsavel.SOLICITANTE:
        return [fluxo.solicitante] if fluxo.solicitante else []
    if responsavel is Responsavel.SUCESSORA:
        return [fluxo.sucessora] if fluxo.sucessora else []
    if responsavel is Responsavel.AGENTES:
        return contrato.partes
    side = contrato.vendedor if responsavel is Responsavel.VENDEDOR else contrato.comprador
    return [side] if side else []


def coming(contrato: Contrato) -> QuerySet[Agente]:
    """The successor whose succession is under way: it signs, and states who signs for it, before it is a side."""
    fluxos = Fluxo.objects.filter(contrato=contrato, closed_at=None, sucessora__isnull=False)
    return Agente.objects.filter(pk__in=fluxos.values("sucessora"))


def held_by(agentes: QuerySet[Any, Any]) -> Q:
    """The activities that one of them holds, as responsible() says of one flow."""
    seller, buyer = Q(fluxo__contrato__vendedor__in=agentes), Q(fluxo__contrato__comprador__in=agentes)
    return (
        Q(seller, responsavel=Responsavel.VENDEDOR)
        | Q(buyer, responsavel=Responsavel.COMPRADOR)
        | Q(seller | buyer, responsavel=Responsavel.AGENTES)
        | Q(responsavel=Responsavel.SOLICITANTE, fluxo__solicitante__in=agentes)
        | Q(responsavel=Responsavel.SUCESSORA, fluxo__sucessora__in=agentes)
    )


def held_by_ccee(prefix: str = "") -> Q:
    """`prefix`: the way to the activity."""
    fluxo, responsavel = f"{prefix}fluxo__", f"{prefix}responsavel"
    nobody = Q(**{f"{fluxo}contrato__comprador": None, responsavel: Responsavel.COMPRADOR.value})
    unasked = Q(**{f"{fluxo}solicitante": None, responsavel: Responsavel.SOLICITANTE.value})
    return Q(**{f"{responsavel}__in": [each.value for each in DA_CCEE]}) | nobody | unasked


def may_act(ator: Ator, fluxo: Fluxo, responsavel: Responsavel, *, now: datetime) -> bool:
    holders = responsible(fluxo, responsavel)
    if not holders:
        return is_ccee(ator)
    return any(acesso.may(ator, Acao.ALTERAR, agente, on=clock.local_date(now)) for agente in holders)


def require_act(
    ator: Ator, fluxo: Fluxo, responsavel: Responsavel, *, clausulas: tuple[str, ...], now: datetime
) -> None:
    """Raises NotFound for whoever may not see the contract, Forbidden for whoever only looks or is the other side."""
    find(ator, fluxo.contrato.numero, now=now)
    if may_act(ator, fluxo, responsavel, now=now):
        return
    holders = " ou ".join(agente.sigla for agente in responsible(fluxo, responsavel))
    papel = RESPONSAVEIS[responsavel].lower()
    who = f"a {holders} ({papel}), por meio de seu representante CCEE" if holders else "à CCEE"
    where = f"cláusula{'s' if len(clausulas) > 1 else ''} {', '.join(clausulas)}"
    raise Forbidden(f"Esta atividade cabe {who} ({where}). Você pode acompanhá-la, mas não encerrá-la.")


def require_ccee(ator: Ator, contrato: Contrato, *, now: datetime) -> None:
    find(ator, contrato.numero, now=now)
    if not is_ccee(ator):
        raise Forbidden("Este ato cabe à CCEE. Você pode consultar o contrato, mas não fazê-lo.")


def require_some_party(ator: Ator, contrato: Contrato, *, now: datetime) -> None:
    """For what either side may bring, or CCEE for them."""
    on = clock.local_date(now)
    sides = [*contrato.partes, *coming(contrato)]
    if not is_ccee(ator) and not any(acesso.may(ator, Acao.ALTERAR, agente, on=on) for agente in sides):
        raise Forbidden("Somente o representante CCEE de uma das partes, ou a CCEE, pode enviar isto.")


def require_party(ator: Ator, contrato: Contrato, agente: Agente, *, now: datetime) -> None:
    """For what a party states itself: guarantees, signatories. CCEE may state it for them."""
    find(ator, contrato.numero, now=now)
    is_side = agente in contrato.partes or agente in coming(contrato)
    if is_side and acesso.may(ator, Acao.ALTERAR, agente, on=clock.local_date(now)):
        return
    if not is_ccee(ator):
        raise Forbidden(f"Somente o representante CCEE de {agente.sigla} ou a CCEE pode fazer isto.")
