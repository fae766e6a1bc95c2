"""CONUERs: each user of reserve energy has one from the day on which its admission was approved (3.45 to 3.47)."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet

from contratos.domain.contrato import SEM_FIM, Especie, Registro
from contratos.domain.fim import FINAIS
from contratos.domain.procedimentos import CONUER
from contratos.models import Contrato
from contratos.services import numeracao
from contratos.services.aberturas import new
from contratos.services.andamento import Andamento, lock
from contratos.services.atividades import conclude
from contratos.services.fluxos import begin
from contratos.services.trilha import SISTEMA, note
from portal import clock
from portal.agentes.models import Agente, Situacao
from portal.auditoria.models import Evento
from portal.auditoria.services import act

APROVACAO = ("agente.incluido", "agente.alterado")  # the entries in which an agente becomes active


def send_conuers(*, now: datetime) -> int:
    """To each that uses reserve energy and has none, each in a transaction of its own. Gives how many it sent."""
    have = _live().filter(registro__in=[Registro.REGISTRADO.value, Registro.SUSPENSO.value])
    waiting = _users().exclude(pk__in=have.values("vendedor")).order_by("pk")
    return sum(_send(pk, now=now) for pk in list(waiting.values_list("pk", flat=True)))


def _users() -> QuerySet[Agente]:
    return Agente.objects.filter(situacao=Situacao.ATIVO, classe__in=settings.CLASSES_USUARIAS_DE_RESERVA)


def _live() -> QuerySet[Contrato]:
    return Contrato.objects.filter(especie=Especie.CONUER).exclude(registro__in=[each.value for each in FINAIS])


@act()
def _send(pk: int, *, now: datetime) -> int:
    """Two runs at once: the second waits for the company's row, and then finds its contract."""
    agente = _users().select_for_update().filter(pk=pk).first()
    contrato = _live().filter(vendedor=pk).first()
    if agente is None or (contrato is not None and contrato.registro != Registro.NAO_REGISTRADO):
        return 0
    approved = _approved(agente, now)
    contrato = contrato or _create(agente, approved, now)
    fluxo = new(contrato, CONUER.codigo, by=SISTEMA, now=now, ancoras={"A": approved})
    andamento = Andamento(lock(begin(fluxo, now=now).pk), now)
    (step,) = CONUER.atividades
    conclude(andamento, andamento.rows[step.codigo], step, by=SISTEMA, evidencia={})
    return 1


def _approved(agente: Agente, now: datetime) -> date:
    """A: the day on which the company became active, as the ledger has it."""
    entries = Evento.objects.filter(cnpj=agente.cnpj, tipo__in=APROVACAO, dados__situacao=Situacao.ATIVO.value)
    last = entries.order_by("-numero").first()
    return clock.local_date(last.at if last else now)


def _create(agente: Agente, approved: date, now: datetime) -> Contrato:
    contrato = Contrato(
        especie=Especie.CONUER.value,
        vendedor=agente,
        suprimento_inicio=approved,
        suprimento_fim=SEM_FIM,
        energia_mwh=0,
        montante_mwmed=0,
        created_at=now,
    )
    numeracao.create(contrato, now=now)
    note(contrato, "cadastrado", by=SISTEMA, now=now, especie=contrato.especie, usuario=agente.sigla)
    return contrato
