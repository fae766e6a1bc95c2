"""The plan: which notices are owed, when, and what becomes of those that something overtook."""

from datetime import date, timedelta

import pytest

from notificacoes.domain import motivos
from notificacoes.models import Aviso, Envio, Estado, Situacao
from notificacoes.services import plan
from portal.agentes.models import Agente, Usuario
from tests.notificacoes.cena import HOJE, at, notices, register, send, sweep


def days(count: float) -> timedelta:
    return timedelta(days=count)


def test_a_certificate_through_its_whole_life(agente: Agente, ana: Usuario) -> None:
    """After Boulder's TestLifetimeOfACert, with the days on which the mailer did not run."""
    ends = HOJE + days(40)
    certificado = register(agente, ends=at(ends, 18))

    told = {left: sweep(at(ends - days(left))) for left in (40, 31, 30, 29, 16, 15, 14, 5, 4, 0)}

    assert {left for left, people in told.items() if people} == {30, 15, 5}  # on the 7th to 6th day nothing ran
    assert notices(certificado, ana) == dict.fromkeys((30, 15, 7), Situacao.ENVIADA)
    assert sweep(at(ends + days(1))) == ["ana"]  # it left service
    assert sweep(at(ends + days(2))) == []


@pytest.mark.parametrize("outage", range(0, 41, 4))
def test_after_any_outage_the_tightest_lead_alone_is_sent(agente: Agente, ana: Usuario, outage: int) -> None:
    ends = HOJE + days(35)
    certificado = register(agente, ends=at(ends, 23, 59))
    sweep(at(HOJE))
    left = 35 - outage

    sweep(at(HOJE + days(outage)))

    expected = {lead: Situacao.SUPERADA for lead in (30, 15, 7) if left <= lead}
    if left < 0:
        expected = {}  # nobody is warned of what is over; the removal is told instead
    elif expected:
        expected[min(expected)] = Situacao.ENVIADA
    assert notices(certificado, ana) == expected
    tipos = set(Envio.objects.values_list("tipo", flat=True))
    assert tipos == ({"exclusao"} if left < 0 else {"vencimento"} if expected else set())


def test_registered_with_ten_days_left_is_told_at_once(agente: Agente, ana: Usuario) -> None:
    certificado = register(agente, ends=at(HOJE + days(10)), included=at(HOJE, 11))

    assert sweep(at(HOJE, 12)) == ["ana"]
    assert notices(certificado, ana) == {30: "superada", 15: "enviada"}
    assert Aviso.objects.get(antecedencia=30).motivo == motivos.ANTES_DA_INCLUSAO


def test_a_lead_that_nobody_sent_says_so(agente: Agente, ana: Usuario) -> None:
    register(agente, ends=at(HOJE + days(10)))

    sweep(at(HOJE))

    assert Aviso.objects.get(antecedencia=30).motivo == motivos.FORA_DO_DIA


@pytest.mark.parametrize(
    ("hour", "minute", "told"), [(7, 59, []), (8, 0, ["ana"])], ids=["before eight", "at eight in the morning"]
)
def test_nobody_is_written_to_at_night(agente: Agente, ana: Usuario, hour: int, minute: int, told: list[str]) -> None:
    register(agente, ends=at(HOJE + days(30), 15))

    assert sweep(at(HOJE, hour, minute)) == told


@pytest.mark.parametrize(
    ("instant", "due"),
    [((2027, 2, 9, 23, 59), date(2027, 1, 10)), ((2027, 2, 10, 0, 0), date(2027, 1, 11))],
    ids=["02:59:59Z is the day before", "03:00Z is the day itself"],
)
def test_days_are_counted_in_sao_paulo(
    agente: Agente, ana: Usuario, instant: tuple[int, int, int, int, int], due: date
) -> None:
    year, month, day, hour, minute = instant
    register(agente, ends=at(date(year, month, day), hour, minute) + timedelta(seconds=59))

    assert sweep(at(due - days(1))) == []
    assert sweep(at(due)) == ["ana"]


def test_what_a_tighter_lead_overtook_unsent_is_superseded(agente: Agente, ana: Usuario) -> None:
    certificado = register(agente, ends=at(HOJE + days(30)))
    plan(now=at(HOJE))

    plan(now=at(HOJE + days(15)))

    assert notices(certificado, ana) == {30: "superada", 15: "planejada"}
    assert Aviso.objects.get(antecedencia=30).motivo == motivos.SUPERADO
    assert sorted(Envio.objects.values_list("estado", flat=True)) == ["cancelada", "pendente"]


def test_what_a_worker_has_in_hand_is_left_to_it(agente: Agente, ana: Usuario) -> None:
    certificado = register(agente, ends=at(HOJE + days(30)))
    plan(now=at(HOJE))
    Envio.objects.update(estado=Estado.ARRENDADA, lease_until=at(HOJE + days(90)), lease_token="de outro")

    plan(now=at(HOJE + days(15)))

    assert notices(certificado, ana) == {30: "planejada", 15: "planejada"}


def test_several_certificates_of_one_day_make_one_message(
    agente: Agente, outro_agente: Agente, ana: Usuario, davi: Usuario
) -> None:
    first, second = (register(agente, ends=at(HOJE + days(left))) for left in (30, 14))
    register(outro_agente, ends=at(HOJE + days(30)))

    plan(now=at(HOJE))

    (mine,) = Envio.objects.filter(destinatario=ana)
    assert set(mine.avisos.values_list("certificado", flat=True)) == {first.pk, second.pk}
    assert mine.prazo == second.valid_until
    leader = mine.avisos.earliest("pk")
    assert mine.chave == f"vencimento:0:{ana.pk}"  # the first message there is
    about = f"{leader.certificado_id}-{leader.antecedencia}-{ana.pk}-{int(leader.vence_em.timestamp())}"
    assert mine.message_id == f"aviso-{about}-2@portal.invalid"
    assert send(at(HOJE)) == ["ana", "davi"]


def test_a_message_of_which_a_part_is_no_longer_due_still_goes(agente: Agente, ana: Usuario) -> None:
    gone, stays = (register(agente, ends=at(HOJE + days(30))) for _ in range(2))
    plan(now=at(HOJE))
    type(gone).objects.filter(pk=gone.pk).update(slot=None, removed_at=at(HOJE))

    assert sweep(at(HOJE, 13)) == ["ana"]
    assert notices(gone, ana) == {30: "cancelada"}
    assert notices(stays, ana) == {30: "enviada"}


def test_looking_again_changes_nothing(agente: Agente, ana: Usuario, bruno: Usuario) -> None:
    for left in (3, 10, 29):
        register(agente, ends=at(HOJE + days(left)))
    assert plan(now=at(HOJE))
    before = list(Aviso.objects.values()), list(Envio.objects.values())

    assert not plan(now=at(HOJE))
    assert (list(Aviso.objects.values()), list(Envio.objects.values())) == before
