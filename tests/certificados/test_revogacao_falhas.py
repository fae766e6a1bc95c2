"""Servers that misbehave, lists of others, addresses inside the house: nothing is concluded, and the row says why."""

import socket
import time
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from pytest_django import Settings

from certificados.models import ListaRevogacao, PontoDeLista
from portal.demo.hierarquia import Hierarquia
from portal.icp.models import AutoridadeCertificadora
from tests import listas
from tests.certificados.publicadora import HORA, Include, Publicadora, failure, in_service, serial, sweep
from tests.saida.servidor import Servidor

Reason = x509.ReasonFlags


def drip(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(100):
        client.sendall(b"x")
        time.sleep(0.05)


def huge(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(200_000))


def redirect(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")


def unasked_304(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 304 Not Modified\r\n\r\n")


def cut(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")


@pytest.mark.parametrize(
    ("behave", "words"),
    [
        (b"", "vazio"),
        (b"<html>", "página da Web"),
        (b"lixo", "não é uma lista"),
        (None, "404"),
        (drip, "segundos"),
        (huge, "100000 bytes"),
        (redirect, "302"),
        (unasked_304, "304"),
        (cut, "interrompida"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_whatever_the_server_does_the_certificate_stays_and_the_row_says_why(
    include: Include, publicadora: Publicadora, settings: Settings, now: datetime, behave: object, words: str
) -> None:
    include()
    settings.LCR_SEGUNDOS, settings.LCR_MAX_BYTES = 1, 100_000
    if behave is not None:
        publicadora.paths["/ac.crl"] = behave  # type: ignore[assignment]  # bytes or a function, as parametrized

    done = sweep(now)

    assert (done.lidas, done.falhas, done.revogados) == (0, 1, 0)
    assert words in failure()
    assert in_service() == {"api.cer"}
    assert publicadora.asked == ["/ac.crl"]


@pytest.mark.parametrize("name", ["raiz", "homologacao"])
def test_a_list_of_somebody_else_is_not_believed(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime, name: str
) -> None:
    api = include()
    signers = {"raiz": confianca.raiz, "homologacao": Hierarquia.create(at=now, nome="-hom").ac}
    publicadora.paths["/ac.crl"] = listas.issue(signers[name], {serial(api): None}, at=now)

    sweep(now)

    assert failure()
    assert in_service() == {"api.cer"}


def test_another_certificate_of_the_same_number_is_not_ours(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    api = include()
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, {serial(api) + 1: None}, at=now)

    assert sweep(now).revogados == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/", "http://localhost/ac.crl", "http://10.0.0.7/ac.crl",
        "http://[::1]/ac.crl", "http://2130706433/ac.crl",
    ],
)  # fmt: skip
def test_inside_the_house_nothing_is_asked(include: Include, servidor: Servidor, now: datetime, url: str) -> None:
    include("api", url)

    done = sweep(now)

    assert done.falhas == 1
    assert failure()
    assert servidor.connections == 0


def test_our_own_server_is_inside_the_house_unless_operations_allow_it(
    include: Include, servidor: Servidor, settings: Settings, now: datetime
) -> None:
    include()
    settings.SAIDA_HOSTS_PERMITIDOS = []

    sweep(now)

    assert "rede interna" in failure()
    assert servidor.connections == 0


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ldap://127.0.0.1/ac", "gopher://127.0.0.1/"])
def test_what_is_no_web_address_is_no_list(include: Include, now: datetime, url: str) -> None:
    include("api", url)

    sweep(now)

    assert not ListaRevogacao.objects.exists()
    assert PontoDeLista.objects.get().lista is None
    assert in_service() == {"api.cer"}


def test_a_list_that_failed_is_tried_again_sooner(include: Include, publicadora: Publicadora, now: datetime) -> None:
    include()

    for minutes in (0, 5, 10, 16):
        sweep(now + timedelta(minutes=minutes))

    assert len(publicadora.asked) == 2


def test_a_certificate_that_comes_later_does_not_hurry_a_list_that_failed(
    include: Include, publicadora: Publicadora, now: datetime
) -> None:
    include("api")
    sweep(now)
    include("web")

    sweep(now + timedelta(minutes=5))

    assert len(publicadora.asked) == 1


def test_an_authority_no_longer_accepted_signs_no_list(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    include()
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, at=now)
    sweep(now)
    AutoridadeCertificadora.objects.filter(raiz=False).update(ativa=False)

    sweep(now + 2 * HORA)

    assert "não é mais aceita" in failure()


def test_without_its_authority_a_certificate_waits(include: Include, publicadora: Publicadora, now: datetime) -> None:
    include()
    AutoridadeCertificadora.objects.update(ativa=False)
    sweep(now)
    assert not PontoDeLista.objects.exists()

    AutoridadeCertificadora.objects.update(ativa=True)
    sweep(now)
    assert publicadora.asked == ["/ac.crl"]
