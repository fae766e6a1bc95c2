"""Who may do what for whom: decided here and only here.

Whoever does not represent an Agente gets NotFound, in the words of a CNPJ that does not exist.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from portal.agentes.models import Agente, ChaveDeMaquina, Papel, Representacao, Usuario
from portal.kernel.cnpj import SHAPE
from portal.kernel.errors import Forbidden, NotFound


class Acao(StrEnum):
    VER = "ver"  # the company, its certificates (and their files), its trail
    ALTERAR = "alterar"  # adesão, password, certificates


# The manual, page 3: only the representante CCEE registers and updates; the others only look.
PERMITE: dict[Papel, frozenset[Acao]] = {
    Papel.REPRESENTANTE_CCEE: frozenset({Acao.VER, Acao.ALTERAR}),
    Papel.REPRESENTANTE_LEGAL: frozenset({Acao.VER}),
    Papel.REPRESENTANTE_CONTABIL: frozenset({Acao.VER}),
}
SO_REPRESENTANTE_CCEE = (
    "Somente o representante CCEE pode fazer adesão ou alterar senha e certificados. "
    "Como {papel}, você pode consultar. Peça a alteração ao representante CCEE da empresa."
)


@dataclass(frozen=True, slots=True)
class Ator:
    """Whoever acts: a person who signed in, or a machine with its key. `nome` is what the ledger says."""

    nome: str
    usuario: Usuario | None = None
    chave: ChaveDeMaquina | None = None


def of_usuario(usuario: Usuario) -> Ator:
    return Ator(nome=usuario.username, usuario=usuario)


def of_chave(chave: ChaveDeMaquina) -> Ator:
    return Ator(nome=f"chave:{chave.nome}", chave=chave)


def in_force(on: date, prefix: str = "") -> Q:
    """Representacao rows that count on that São Paulo date."""
    open_ended = Q(**{f"{prefix}ate": None}) | Q(**{f"{prefix}ate__gte": on})
    return Q(**{f"{prefix}desde__lte": on}) & open_ended


def visible_agentes(ator: Ator, *, on: date) -> QuerySet[Agente]:
    if ator.chave is not None:
        return Agente.objects.filter(pk=ator.chave.agente_id or 0)  # a gateway's key has no Agente
    return Agente.objects.all() if _sees_all(ator) else represented(ator, on=on)


def represented(ator: Ator, *, on: date) -> QuerySet[Agente]:
    """Those of which the person is a representative, in any role."""
    if ator.usuario is None or not ator.usuario.is_active:
        return Agente.objects.none()
    rows = Representacao.objects.filter(in_force(on), usuario=ator.usuario)
    return Agente.objects.filter(pk__in=rows.values("agente"))


def _sees_all(ator: Ator) -> bool:
    return ator.usuario is not None and ator.usuario.has_perm("agentes.view_todos")  # False for a disabled person


def papeis(ator: Ator, agente: Agente, *, on: date) -> frozenset[Papel]:
    if ator.chave is not None:
        return frozenset({Papel.REPRESENTANTE_CCEE} if ator.chave.agente_id == agente.pk else ())
    rows = Representacao.objects.filter(in_force(on), usuario=ator.usuario, agente=agente)
    return frozenset(Papel(papel) for papel in rows.values_list("papel", flat=True))


def may(ator: Ator, acao: Acao, agente: Agente, *, on: date) -> bool:
    """For an Agente that the actor can see."""
    if any(acao in PERMITE[papel] for papel in papeis(ator, agente, on=on)):
        return True
    return acao is Acao.VER and visible_agentes(ator, on=on).filter(pk=agente.pk).exists()


def alteraveis(ator: Ator, *, on: date) -> QuerySet[Agente]:
    """The Agentes for which the actor may conclude a request."""
    if ator.chave is not None or ator.usuario is None:
        return visible_agentes(ator, on=on)
    writers = [papel for papel, acoes in PERMITE.items() if Acao.ALTERAR in acoes]
    rows = Representacao.objects.filter(in_force(on), usuario=ator.usuario, papel__in=writers)
    return Agente.objects.filter(pk__in=rows.values("agente"))


def find(ator: Ator, cnpj: str, *, on: date) -> Agente:
    """The Agente of that CNPJ if the actor may see it, else NotFound."""
    cnpj = cnpj.upper()
    if not SHAPE.fullmatch(cnpj):
        raise NotFound
    # Their own companies first: for most people that spares the two queries that ask for permissions.
    agente = represented(ator, on=on).filter(cnpj=cnpj).first()
    if agente is None:
        agente = visible_agentes(ator, on=on).filter(cnpj=cnpj).first()
    if agente is None:
        raise NotFound
    return agente


def require(ator: Ator, acao: Acao, agente: Agente, *, on: date) -> None:
    """Raises Forbidden. Services call it themselves: a view that forgot cannot open the door."""
    if may(ator, acao, agente, on=on):
        return
    own = sorted(papel.label for papel in papeis(ator, agente, on=on))
    raise Forbidden(SO_REPRESENTANTE_CCEE.format(papel=" e ".join(own).lower() or "consulta"))
