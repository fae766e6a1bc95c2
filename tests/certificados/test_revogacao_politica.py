"""What holds while a list cannot be had (docs/decisions/039), and runs that end or meet."""

import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from pytest_django import Settings

from certificados.revogacao import selectors, services
from certificados.revogacao.services import Varredura
from portal import clock
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests import factories, listas
from tests.ao_mesmo_tempo import at_once
from tests.certificados.publicadora import HORA, Include, Publicadora, in_service, serial, sweep

Reason = x509.ReasonFlags


def test_a_run_ends_when_its_time_is_over(include: Include, publicadora: Publicadora, now: datetime) -> None:
    include("api", "/um.crl"), include("web", "/dois.crl")
    ticks = iter([clock.instant(), clock.instant(), clock.instant(), clock.instant() + 2 * services.CORRIDA])

    done = services.sweep(now=now, relogio=lambda: next(ticks))

    assert not done.acabou
    assert len(publicadora.asked) == 1


class TestPolicy:
    """docs/decisions/039."""

    def test_certificates_stay_however_long_a_list_is_away(self, include: Include, now: datetime) -> None:
        include()

        for days in (0, 40):
            sweep(now + timedelta(days=days))

        assert in_service() == {"api.cer"}

    def test_an_installation_may_say_otherwise(
        self, include: Include, publicadora: Publicadora, confianca: Hierarquia, settings: Settings, now: datetime
    ) -> None:
        settings.LCR_TOLERANCIA_DIAS = 5
        api = include()
        publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, at=now)
        sweep(now)

        sweep(now + timedelta(days=5))
        assert in_service() == {"api.cer"}
        done = sweep(now + timedelta(days=5, hours=7))

        api.refresh_from_db()
        assert (done.sem_lista, in_service()) == (1, set())
        assert api.motivo == "A certificadora não publica lista de revogação válida há mais de 5 dias"

    def test_one_that_names_no_list_stays_all_the_same(
        self, agente: Agente, ana: Usuario, confianca: Hierarquia, settings: Settings, now: datetime
    ) -> None:
        settings.LCR_TOLERANCIA_DIAS = 1
        factories.adhere(agente, ana, confianca, now=now)

        sweep(now)
        sweep(now + timedelta(days=30))

        assert in_service() == {"api.cer"}

    def test_what_is_stale_is_told_with_how_many_depend_on_it(
        self, include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
    ) -> None:
        include("api", "/ac.crl", "/espelho.crl"), include("web", "/ac.crl", "/espelho.crl")
        publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, at=now)
        sweep(now)

        assert not selectors.stale(now + 5 * HORA)
        (lista,) = selectors.stale(now + 7 * HORA)
        assert lista.url.endswith("/ac.crl")
        assert lista.certificados == 2  # type: ignore[attr-defined]  # annotated
        publicadora.paths["/espelho.crl"] = listas.issue(confianca.ac, at=now + 7 * HORA)
        sweep(now + 7 * HORA)
        assert not selectors.stale(now + 8 * HORA)

    def test_a_list_never_read_is_told_after_a_day(self, include: Include, now: datetime) -> None:
        include()
        sweep(now)

        assert not selectors.stale(now + 23 * HORA)
        assert selectors.stale(now + 25 * HORA)
        assert selectors.oldest_reading(now + 25 * HORA) == 25 * HORA


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_share_the_lists_out(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    api, web = include("api", "/um.crl"), include("web", "/dois.crl")
    lists = {"/um.crl": {serial(api): None}, "/dois.crl": {serial(web): None}}
    together = threading.Barrier(2, timeout=20)
    for path, revoked in lists.items():
        publicadora.paths[path] = slowly(together, listas.issue(confianca.ac, revoked, at=now))

    done = [one for one in at_once([lambda: sweep(now)] * 2) if isinstance(one, Varredura)]

    assert sorted(publicadora.asked) == ["/dois.crl", "/um.crl"]
    assert sorted(one.revogados for one in done) == [1, 1]
    assert in_service() == set()
    assert Evento.objects.filter(tipo="certificado.revogado").count() == 2
    assert sweep(now) == Varredura()


def slowly(together: threading.Barrier, data: bytes) -> Callable[[socket.socket], None]:
    """Answers nobody before both have asked."""

    def behave(client: socket.socket) -> None:
        together.wait()
        client.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data)

    return behave
