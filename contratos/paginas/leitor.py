"""What one person may do in contracts, asked of the database once for a whole page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from contratos import acesso
from contratos.domain.procedimentos import RESPONSAVEIS, Responsavel
from contratos.models import Atividade, Contrato, Fluxo
from portal import clock
from portal.agentes import acesso as agentes
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente, Usuario


@dataclass(frozen=True, slots=True)
class Leitor:
    """`alteraveis`: the agentes for which the person acts. Shows and hides buttons; services decide by themselves."""

    ccee: bool
    alteraveis: frozenset[int]

    @property
    def acts(self) -> bool:
        return self.ccee or bool(self.alteraveis)

    def may(self, fluxo: Fluxo, responsavel: str) -> bool:
        """As acesso.may_act()."""
        holders = acesso.responsible(fluxo, Responsavel(responsavel))
        return any(agente.pk in self.alteraveis for agente in holders) if holders else self.ccee

    def may_state_for(self, agente: Agente | None) -> bool:
        """As acesso.require_party(); CCEE's own side where there is no agente."""
        return self.ccee or (agente is not None and agente.pk in self.alteraveis)

    def sides(self, contrato: Contrato) -> list[Agente]:
        """The parties that the person acts for."""
        return [agente for agente in contrato.partes if agente.pk in self.alteraveis]


def of(ator: Ator, *, now: datetime) -> Leitor:
    on = clock.local_date(now)
    own = agentes.alteraveis(ator, on=on)
    return Leitor(acesso.is_ccee(ator), frozenset(own.values_list("pk", flat=True)))


def holder(row: Atividade) -> str:
    """Who holds it, by name. A bank has no access: CCEE's people act on its papers."""
    responsavel = Responsavel(row.responsavel)
    if responsavel is Responsavel.BANCO:
        return RESPONSAVEIS[responsavel]
    siglas = [agente.sigla for agente in acesso.responsible(row.fluxo, responsavel)]
    return " ou ".join(siglas) or RESPONSAVEIS[Responsavel.CCEE]


def names(usernames: Iterable[str]) -> dict[str, str]:
    """People as both sides may read of them: CCEE's staff is CCEE. What is no person keeps its name."""
    wanted = {username for username in usernames if username}
    people = Usuario.objects.filter(username__in=wanted) if wanted else Usuario.objects.none()
    return {person.username: RESPONSAVEIS[Responsavel.CCEE] if person.is_staff else person.nome for person in people}
