"""A month's quotas published at once by CCEE's people: each as if alone, in a transaction of its own (3.40)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, QuerySet

from contratos import acesso
from contratos.domain.andamento import JaEncerrada, Situacao
from contratos.models import Atividade
from contratos.services.atividades import close_activity
from portal.agentes.acesso import Ator
from portal.kernel.errors import Conflict, DomainError, Forbidden

PUBLICAR = ("proinfa_mes", "Q2")
POR_VEZ = 100  # whoever asked waits for the answer


@dataclass(frozen=True, slots=True)
class Publicacao:
    """`falhas`: by contract, why its quota was left. `restam`: not yet tried."""

    mes: date
    feitas: int
    falhas: dict[str, str]
    restam: int


def waiting_months() -> list[tuple[date, int]]:
    """With how many quotas each, the earliest first."""
    rows = _rows().values_list("fluxo__ancoras__MS").annotate(quantas=Count("pk"))
    return sorted((date.fromisoformat(mes), quantas) for mes, quantas in rows)


def require(ator: Ator) -> None:
    if not acesso.is_ccee(ator):
        raise Forbidden("Cláusula 3.40: publicar as cotas do PROINFA cabe à CCEE.")


def publish_quotas(mes: date, *, ator: Ator, now: datetime, por_vez: int = POR_VEZ) -> Publicacao:
    """Up to `por_vez`; what fails counts for nothing, so that it never keeps the others waiting.

    Raises Forbidden, and Conflict where none waits.
    """
    require(ator)
    waiting = list(_rows().filter(fluxo__ancoras__MS=mes.isoformat()).order_by("pk").annotate(
        numero=F("fluxo__contrato__numero")
    ).values_list("pk", "numero"))  # fmt: skip
    if not waiting:
        raise Conflict(
            f"Cláusula 3.40: nenhuma cota de {mes:%m/%Y} espera a publicação. Publica-se o que já foi apurado, uma vez."
        )
    feitas, falhas, tried = 0, {}, 0
    while tried < len(waiting) and feitas < por_vez:
        pk, numero = waiting[tried]
        tried += 1
        try:
            close_activity(pk, ator=ator, now=now)
            feitas += 1
        except JaEncerrada:
            continue  # somebody else has just published it
        except DomainError as refusal:
            falhas[numero] = refusal.detail
    return Publicacao(mes, feitas, falhas, len(waiting) - tried)


def _rows() -> QuerySet[Atividade]:
    procedimento, codigo = PUBLICAR
    return Atividade.objects.filter(
        fluxo__procedimento=procedimento, codigo=codigo, situacao=Situacao.ABERTA.value, fluxo__closed_at=None
    )
