"""At its end a certificate leaves service, its people are told, and the company's status shows it."""

from datetime import timedelta

import pytest

from certificados import selectors
from certificados import services as certificados
from certificados.models import Certificado
from notificacoes.models import Envio, Motivo, Tarefa
from notificacoes.services import plan
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.auditoria.selectors import verify_chain
from tests.notificacoes.cena import HOJE, at, register

ENDS = at(HOJE, 23, 59) + timedelta(seconds=59)  # 02:59:59Z of the next day


def test_it_leaves_service_the_second_after(agente: Agente, ana: Usuario, bruno: Usuario) -> None:
    certificado = register(agente, ends=ENDS)

    assert plan(now=ENDS).excluidos == 0
    assert plan(now=ENDS + timedelta(seconds=1)).excluidos == 1

    certificado.refresh_from_db()
    assert (certificado.slot, certificado.removed_by) == (None, "portal")
    assert certificado.motivo == f"Venceu em {HOJE:%d/%m/%Y}"
    evento = Evento.objects.get(tipo="certificado.excluido")
    assert (evento.cnpj, evento.ator, evento.dados["sha256"]) == (agente.cnpj, "portal", certificado.sha256)
    assert set(Envio.objects.filter(tipo="exclusao").values_list("destinatario__username", flat=True)) == {
        "ana", "bruno",
    }  # fmt: skip


def test_the_status_of_the_company_shows_it(agente: Agente, ana: Usuario) -> None:
    register(agente, ends=ENDS)
    after = ENDS + timedelta(hours=1)

    plan(now=after)

    (company,) = selectors.with_status(Agente.objects.filter(pk=agente.pk), now=after)
    assert selectors.status_of(company, now=after) == "sem_certificado"


def test_a_long_outage_is_worked_off_lot_by_lot(agente: Agente, ana: Usuario) -> None:
    for days in range(7):
        register(agente, ends=ENDS - timedelta(days=days))
    after = ENDS + timedelta(days=1)

    assert [certificados.remove_expired(by="portal", now=after, limit=3) for _ in range(4)] == [3, 3, 1, 0]
    motivos = set(Certificado.objects.values_list("motivo", flat=True))
    assert motivos == {f"Venceu em {HOJE - timedelta(days=days):%d/%m/%Y}" for days in range(7)}
    assert verify_chain().quebra is None


# 2027: Carnival on Monday 08/02 and Tuesday 09/02; Friday 05/02 is the last business day before.
@pytest.mark.parametrize(
    ("ends", "days"),
    [
        ((2027, 2, 9), ["2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08"]),
        ((2027, 2, 8), ["2027-02-05", "2027-02-06", "2027-02-07"]),
        ((2027, 2, 4), ["2027-02-03"]),
        ((2026, 11, 23), ["2026-11-20", "2026-11-21", "2026-11-22"]),  # 20/11 is a holiday: see below
    ],
)
def test_the_last_business_day_before_opens_a_task(
    agente: Agente, ana: Usuario, ends: tuple[int, int, int], days: list[str]
) -> None:
    day = HOJE.replace(year=ends[0], month=ends[1], day=ends[2])
    register(agente, ends=at(day))
    opened = []

    for back in range(7, 0, -1):
        Tarefa.objects.all().delete()
        plan(now=at(day - timedelta(days=back), 9))
        if Tarefa.objects.filter(motivo=Motivo.ULTIMO_DIA_UTIL).exists():
            opened.append((day - timedelta(days=back)).isoformat())

    if ends == (2026, 11, 23):
        days = ["2026-11-19", *days]
    assert opened == days


def test_on_the_day_itself_there_is_another_task(agente: Agente, ana: Usuario) -> None:
    certificado = register(agente, ends=ENDS)
    Agente.objects.update(telefone="(11) 5555-0000")

    plan(now=at(HOJE, 0, 1))
    plan(now=at(HOJE, 12))

    tarefa = Tarefa.objects.get(motivo=Motivo.VENCE_HOJE)
    assert tarefa.chave == f"vence_hoje:{certificado.pk}:{int(ENDS.timestamp())}"
    assert (tarefa.agente, tarefa.certificado) == (agente, certificado)
    assert tarefa.detalhe == "Telefone da empresa: (11) 5555-0000"


def test_nobody_to_write_to_is_a_task_once(agente: Agente, bruno: Usuario, ana: Usuario) -> None:
    register(agente, ends=ENDS + timedelta(days=29))
    plan(now=at(HOJE))
    assert not Tarefa.objects.exists()
    Usuario.objects.filter(pk=ana.pk).update(is_active=False)

    plan(now=at(HOJE))
    plan(now=at(HOJE + timedelta(days=1)))

    assert [tarefa.motivo for tarefa in Tarefa.objects.all()] == [Motivo.SEM_ENDERECO]
