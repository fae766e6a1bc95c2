"""Whoever owns a pair of certificates, and whoever administers the accounts, hears of its end in time, and once."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from notificacoes import services
from notificacoes.domain import motivos
from notificacoes.models import Envio, Estado, Mensagem, Tipo
from portal.agentes.models import Usuario
from portal.auditoria.models import Evento
from portal.contas import services as contas
from portal.contas.models import Conta, Par
from portal.mercado.perfis.ccee import CCEE
from tests.correio import Servidor
from tests.mercado.cena import Cena, browser, pessoa
from tests.mercado.vencimentos import arrived, before, ending, of_pairs, reasons
from tests.notificacoes.cena import sweep

BOTH = ["eva@exemplo.test", "jana@exemplo.test"]


def change(conta: Conta, *, administra: bool = False, ativa: bool = True) -> Conta:
    return contas.change_account(conta, administra=administra, ativa=ativa, by="operador", now=conta.created_at)


def test_owner_and_administrator_are_told_once_however_often_it_is_looked(cena: Cena, servidor: Servidor) -> None:
    par = ending(cena)

    for hour in (9, 12, 18):
        sweep(before(par, 30, hour=hour))

    assert arrived(servidor) == BOTH
    assert of_pairs() == {("eva", 30): Estado.ENVIADA, ("jana", 30): Estado.ENVIADA}


def test_nobody_is_told_a_day_too_early_or_in_the_night(cena: Cena) -> None:
    par = ending(cena)

    sweep(before(par, 31))
    sweep(before(par, 30, hour=7))
    assert of_pairs() == {}

    sweep(before(par, 7))
    sweep(before(par, -1, hour=7))
    assert {lead for _, lead in of_pairs()} == {7}


def test_each_lead_is_told_and_the_end_too(cena: Cena, servidor: Servidor) -> None:
    par = ending(cena)

    for days in (31, 30, 20, 15, 10, 7, 3, -1, -2, -6):
        sweep(before(par, days))

    assert {lead for _, lead in of_pairs()} == {30, 15, 7, 0}
    assert arrived(servidor) == sorted(BOTH * 4)


def test_of_leads_passed_at_once_only_the_tightest_is_told(cena: Cena) -> None:
    par = ending(cena)

    sweep(before(par, 10))

    assert of_pairs() == {("eva", 15): Estado.ENVIADA, ("jana", 15): Estado.ENVIADA}


def test_an_owner_who_administers_gets_one_message(cena: Cena) -> None:
    par = ending(cena)
    change(cena.eva, administra=True)

    sweep(before(par, 7))

    assert of_pairs() == {("eva", 7): Estado.ENVIADA, ("jana", 7): Estado.ENVIADA}


def test_the_soonest_end_goes_out_first(cena: Cena, servidor: Servidor) -> None:
    later = ending(cena)
    services.plan(now=before(later, 20))
    sooner = cena.register(cena.eva, "eva-antes", left=198)

    sweep(before(later, 20))

    sent = [one.message_id for one in servidor.recebidas if one.message_id.startswith("par-")]
    par_of = dict(Envio.objects.filter(tipo=Tipo.PAR).values_list("message_id", "dados__par"))
    assert [par_of[message_id] for message_id in sent] == [sooner.pk] * 2 + [later.pk] * 2


def removed(cena: Cena, par: Par) -> None:
    contas.remove_pair(par, por=cena.eva.usuario, now=cena.now)


def renewed(cena: Cena, par: Par) -> None:
    files = cena.arquivos("eva-nova")
    contas.register_pair(cena.eva, files, por=cena.eva.usuario, now=cena.now, substitui=par)


def closed(cena: Cena, par: Par) -> None:
    change(cena.eva, ativa=False)


def disabled(cena: Cena, par: Par) -> None:
    Usuario.objects.filter(username="eva").update(is_active=False)


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (removed, {motivos.FORA_DE_SERVICO}),
        (renewed, {motivos.FORA_DE_SERVICO}),
        (closed, {motivos.CONTA_FECHADA}),
        (disabled, {motivos.CONTA_FECHADA, motivos.PESSOA_INATIVA}),
    ],
)
def test_what_is_settled_before_sending_is_cancelled_with_its_reason(
    cena: Cena, servidor: Servidor, happens: Callable[[Cena, Par], None], reason: set[str]
) -> None:
    par = ending(cena)
    services.plan(now=before(par, 30))

    happens(cena, par)
    sweep(before(par, 30))

    assert arrived(servidor) == []
    assert of_pairs() == {("eva", 30): Estado.CANCELADA, ("jana", 30): Estado.CANCELADA}
    assert reasons() == reason


@pytest.mark.parametrize("happens", [removed, closed, disabled])
def test_what_is_settled_before_the_sweep_is_never_written(cena: Cena, happens: Callable[[Cena, Par], None]) -> None:
    par = ending(cena)
    happens(cena, par)

    for days in (30, 7, -1):
        sweep(before(par, days))

    assert of_pairs() == {}


def test_whoever_lost_the_right_of_administration_is_not_told(cena: Cena, servidor: Servidor) -> None:
    par = ending(cena)
    services.plan(now=before(par, 30))
    change(cena.jana)

    sweep(before(par, 30))

    assert arrived(servidor) == ["eva@exemplo.test"]
    assert reasons() == {motivos.NAO_ADMINISTRA}


def test_a_message_that_waited_too_long_leaves_its_place_to_the_next(cena: Cena, servidor: Servidor) -> None:
    par = ending(cena)
    services.plan(now=before(par, 30))
    sweep(before(par, 15))
    services.plan(now=before(par, 7))
    sweep(before(par, -1))

    assert arrived(servidor) == sorted(BOTH * 2)
    assert {lead: estado for (_, lead), estado in of_pairs().items()} == {
        30: Estado.CANCELADA, 15: Estado.ENVIADA, 7: Estado.CANCELADA, 0: Estado.ENVIADA,
    }  # fmt: skip
    assert reasons() == {motivos.SUPERADO, motivos.VENCEU}


def test_a_closed_account_is_told_of_nothing_until_it_is_opened_again(cena: Cena, servidor: Servidor) -> None:
    par = ending(cena)
    services.plan(now=before(par, 7))
    names = set(Envio.objects.filter(tipo=Tipo.PAR).values_list("message_id", flat=True))
    change(cena.eva, ativa=False)
    sweep(before(par, 7))
    assert arrived(servidor) == []

    change(cena.eva)
    for _ in range(2):
        sweep(before(par, 6))

    assert arrived(servidor) == BOTH
    assert {one for one in servidor.ids if one.startswith("par-")} == names


def test_whoever_comes_later_is_not_told_of_what_ended_long_before(cena: Cena) -> None:
    par = ending(cena)
    sweep(before(par, -1))
    contas.open_account(cena.empresa, pessoa("nova"), administra=True, por=cena.jana.usuario, now=cena.now)

    sweep(before(par, -9))

    assert of_pairs() == {("eva", 0): Estado.ENVIADA, ("jana", 0): Estado.ENVIADA}


def test_the_ledger_says_who_was_told_of_which_pair(cena: Cena) -> None:
    par = ending(cena)

    sweep(before(par, 30))

    entries = Evento.objects.filter(tipo="aviso.enviado", dados__tipo=Tipo.PAR)
    assert {entry.cnpj for entry in entries} == {cena.empresa.registro}
    told = {(e.dados["destinatario"], e.dados["antecedencia"], e.dados["sha256"]) for e in entries}
    assert told == {("eva", 30, par.sha256), ("jana", 30, par.sha256)}


def test_in_the_sandbox_it_stays_there(cena: Cena, servidor: Servidor, settings: Settings) -> None:
    settings.AMBIENTE, settings.SANDBOX = "sandbox", True
    settings.EMAIL_BACKEND = "notificacoes.mail.SandboxBackend"
    par = ending(cena)

    sweep(before(par, 30))

    assert servidor.recebidas == []
    assert set(BOTH) <= set(Mensagem.objects.values_list("para", flat=True))


def test_operations_see_it_in_the_queue_of_mails(cena: Cena) -> None:
    par = ending(cena)
    sweep(before(par, 30))

    page = browser(cena.operador).get("/admin/notificacoes/envio/?tipo=par").content.decode()

    assert page.count("Aviso de vencimento de um par</a></th>") == 2


def test_the_market_of_before_asks_nothing_about_pairs(cena: Cena) -> None:
    par = ending(cena)

    with override_settings(MERCADO=CCEE), CaptureQueriesContext(connection) as asked:
        sweep(before(par, 30))

    assert of_pairs() == {}
    assert not [query["sql"] for query in asked.captured_queries if "contas_" in query["sql"]]
