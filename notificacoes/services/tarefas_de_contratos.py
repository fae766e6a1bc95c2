"""What operations must do by hand for contracts: CCEE's own activities that are late, and the daily look at the DOU."""

from datetime import date, datetime, timedelta

from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from contratos.acesso import held_by_ccee
from contratos.domain.andamento import Situacao
from contratos.models import Atividade
from contratos.paginas import vez
from contratos.selectors import deadline_day
from notificacoes.models import Motivo, Tarefa
from notificacoes.services.nao_entregues import ATOR
from notificacoes.services.operacao import close_task
from portal import clock
from portal.calendario.selectors import calendar
from portal.kernel.business_days import DIAS_DA_SEMANA, ForaDoCalendario

ABERTA = Situacao.ABERTA.value
MEMORIA = timedelta(days=40)  # how far back days that nobody was asked to check are made up for
NAO_CONFERIDO = "Não foi conferido no seu dia. "
DETALHE = (
    "Edição de {dia}: há ato da ANEEL ou do poder concedente que altere contrato? "
    "A publicação é o início do prazo do aditamento (cláusula 3.20)."
)


def open_tasks(now: datetime) -> int:
    """To be asked for only where there is a contract: without one there is nothing that an act could alter."""
    return _open_late(now) + _open_dou(now)


def close_done(now: datetime) -> None:
    """Inside an act. What was late is done by now, or has another due date."""
    moved = ~Q(atividade__situacao=ABERTA) | Q(atividade__vence_em=None) | Q(atividade__vence_em__gte=deadline_day(now))
    rows = Tarefa.objects.filter(moved, motivo=Motivo.ATIVIDADE_ATRASADA, done_at=None).order_by("pk")
    for tarefa in rows.select_related("agente"):
        close_task(tarefa, nota="A atividade foi encerrada ou tem novo prazo.", by=ATOR, now=now)


def _open_late(now: datetime) -> int:
    overdue = Q(situacao=ABERTA, vence_em__lt=deadline_day(now))
    if not Atividade.objects.filter(overdue).exists():
        return 0  # rarely is anything late; to say whose it is takes five tables
    rows = vez.open_rows().filter(held_by_ccee(), overdue).order_by("vence_em", "pk")
    late = filter(vez.is_somebodys, rows)
    keys = {row: f"{Motivo.ATIVIDADE_ATRASADA}:{row.pk}:{row.vence_em}" for row in late}
    there = set(Tarefa.objects.filter(chave__in=keys.values()).values_list("chave", flat=True))
    tarefas = [
        Tarefa(
            motivo=Motivo.ATIVIDADE_ATRASADA,
            chave=chave,
            atividade=row,
            detalhe=f"{row.fluxo.contrato.numero}: {row.nome} venceu em {row.vence_em:%d/%m/%Y}.",
            created_at=now,
        )
        for row, chave in keys.items()
        if chave not in there
    ]
    return len(Tarefa.objects.bulk_create(tarefas, ignore_conflicts=True))


def _open_dou(now: datetime) -> int:
    """One for each business day, those that an outage passed over too; what is left from before is marked."""
    hoje = clock.local_date(now)
    rows = Tarefa.objects.filter(motivo=Motivo.CONFERIR_DOU)
    last = rows.order_by("-pk").values_list("chave", flat=True).first()
    days = _business_days(_day_of(last) + timedelta(days=1) if last else hoje, hoje)
    tarefas = [
        Tarefa(
            motivo=Motivo.CONFERIR_DOU,
            chave=f"{Motivo.CONFERIR_DOU}:{day}",
            detalhe=DETALHE.format(dia=f"{DIAS_DA_SEMANA[day.weekday()]}, {day:%d/%m/%Y}"),
            created_at=now,
        )
        for day in days
    ]
    opened = len(Tarefa.objects.bulk_create(tarefas, ignore_conflicts=True))
    left = rows.filter(done_at=None, chave__lt=f"{Motivo.CONFERIR_DOU}:{hoje}")
    left.exclude(detalhe__startswith=NAO_CONFERIDO).update(detalhe=Concat(Value(NAO_CONFERIDO), F("detalhe")))
    return opened


def _day_of(chave: str) -> date:
    return date.fromisoformat(chave.partition(":")[2])


def _business_days(first: date, last: date) -> list[date]:
    """From Monday to Friday where nobody knows the holidays of that year."""
    first = max(first, last - MEMORIA)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    try:
        calendario = calendar()
        return [day for day in days if calendario.is_business(day)]
    except ForaDoCalendario:
        return [day for day in days if DIAS_DA_SEMANA[day.weekday()] not in ("sábado", "domingo")]
