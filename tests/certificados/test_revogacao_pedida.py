"""Operations ask for a list on its page: the next sweep reads it, out of its turn, and nothing is read before."""

import socket
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from certificados.admin import listas as pagina
from certificados.models import ListaRevogacao
from certificados.revogacao import services
from portal import clock
from portal.agentes.models import Usuario
from portal.auditoria.models import Evento
from portal.celery import app
from portal.demo.hierarquia import Hierarquia
from tests import factories, listas
from tests.certificados.publicadora import HORA, Include, Publicadora, in_service, serial, sweep

CHANGELIST = "admin:certificados_listarevogacao_changelist"
MINUTO = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _consulted(settings: Settings) -> None:
    settings.LCR_CONSULTA = True


def press(client: Client, *chosen: int) -> str:
    data = {
        "action": "consultar",
        "_selected_action": chosen or list(ListaRevogacao.objects.values_list("pk", flat=True)),
    }
    return client.post(reverse(CHANGELIST), data, follow=True).content.decode()


def ask(now: datetime) -> int:
    return services.ask(ListaRevogacao.objects.values_list("pk", flat=True), by=factories.BY, now=now)


def test_the_page_makes_them_due_and_says_when_to_come_back(
    include: Include,
    publicadora: Publicadora,
    confianca: Hierarquia,
    operacao: Usuario,
    client_of: Callable[[Usuario], Client],
    now: datetime,
) -> None:
    api = include()
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, at=now)
    sweep(now)
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, {serial(api): None}, at=now)

    page = press(client_of(operacao))

    lista, evento = ListaRevogacao.objects.get(), Evento.objects.latest("numero")
    assert lista.pedida_at is not None
    assert f"depois das {clock.local(lista.pedida_at + 6 * MINUTO):%H:%M}" in page
    assert (evento.tipo, evento.ator, evento.objeto) == ("lista.consulta_pedida", "operacao", lista.url)
    assert publicadora.asked == ["/ac.crl"]  # not within the request

    assert sweep(now + 5 * MINUTO).revogados == 1
    assert (in_service(), ListaRevogacao.objects.get().pedida_at) == (set(), None)


def test_the_page_promises_what_the_schedule_keeps() -> None:
    assert app.conf.beat_schedule["consult-lists"]["schedule"] == pagina.VARREDURA.total_seconds()


def test_whoever_only_reads_is_not_offered_it(
    include: Include, leitura: Usuario, client_of: Callable[[Usuario], Client], now: datetime
) -> None:
    include()
    sweep(now)
    client = client_of(leitura)

    assert "Consultar agora" not in client.get(reverse(CHANGELIST)).content.decode()
    press(client)

    assert ListaRevogacao.objects.get().pedida_at is None


def test_a_list_that_failed_is_tried_out_of_its_turn_once(
    include: Include, publicadora: Publicadora, now: datetime
) -> None:
    include()
    sweep(now)
    ask(now + MINUTO)

    for minutes in (5, 10):
        sweep(now + minutes * MINUTO)

    assert len(publicadora.asked) == 2
    assert "404" in ListaRevogacao.objects.get().falha


def test_it_goes_before_the_others(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    include("api", "/um.crl"), include("web", "/dois.crl")
    publicadora.paths = dict.fromkeys(("/um.crl", "/dois.crl"), listas.issue(confianca.ac, at=now))
    sweep(now)
    services.ask([ListaRevogacao.objects.get(url__endswith="/dois.crl").pk], by=factories.BY, now=now + HORA)

    sweep(now + 2 * HORA)

    assert publicadora.asked[2:] == ["/dois.crl", "/um.crl"]


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_while_the_list_is_being_read_waits_for_the_next_sweep(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    """What is on its way may be older than the news that made them ask."""
    include()
    data = listas.issue(confianca.ac, at=now)
    publicadora.paths["/ac.crl"] = data
    sweep(now)
    ask(now + MINUTO)
    when = now + 2 * MINUTO

    def asked_meanwhile(client: socket.socket) -> None:
        ListaRevogacao.objects.update(pedida_at=when)
        connection.close()  # the server's thread has its own
        client.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data)

    publicadora.paths["/ac.crl"] = asked_meanwhile
    sweep(when)

    assert ListaRevogacao.objects.get().pedida_at == when


def test_a_list_that_no_certificate_in_service_names_is_not_asked_for(
    operacao: Usuario, client_of: Callable[[Usuario], Client], now: datetime
) -> None:
    lista = ListaRevogacao.objects.create(url="http://lcr.exemplo.test/ac.crl", emissora="AC", created_at=now)

    page = press(client_of(operacao), lista.pk)

    assert "nenhum certificado em uso cita" in page
    assert not Evento.objects.filter(tipo="lista.consulta_pedida").exists()


def test_an_installation_that_reads_no_lists_says_so(
    include: Include, operacao: Usuario, client_of: Callable[[Usuario], Client], settings: Settings, now: datetime
) -> None:
    include()
    sweep(now)
    settings.LCR_CONSULTA = False

    assert services.DESLIGADA in press(client_of(operacao))

    assert ListaRevogacao.objects.get().pedida_at is None
