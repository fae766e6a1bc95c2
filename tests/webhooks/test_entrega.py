"""From an entry of the ledger to a request that the receiver can trust, and what becomes of it when it cannot."""

import json
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType

import pytest
from pytest_django import Settings

from portal import clock
from portal.agentes.models import Agente
from portal.webhooks.domain.repeticao import ESPERAS
from portal.webhooks.models import Destino, Estado
from tests.saida.servidor import Servidor, answer, serving
from tests.webhooks.conftest import Feito, happen, only, received, run

pytestmark = pytest.mark.django_db
SHA256 = "ab" * 32
Create = Callable[..., Feito]


def test_an_entry_arrives_signed_and_says_only_what_is_on_the_list(
    destino: Feito, servidor: Servidor, agente: Agente, exemplo: ModuleType
) -> None:
    happen("certificado.excluido", agente, sha256=SHA256, motivo="Venceu em 22/11/2026", ip="10.0.0.1")

    assert run() == 1

    ((headers, body),) = received(servidor)
    evento = exemplo.conferir(body, headers, destino.segredo, agora=clock.instant().timestamp())
    assert evento["dados"] == {"arquivo": "um.cer", "sha256": SHA256, "motivo": "Venceu em 22/11/2026"}
    assert (evento["tipo"], evento["cnpj"], evento["ambiente"]) == ("certificado.excluido", agente.cnpj, "demo")
    assert headers["Portal-Evento"] == evento["id"] == only().evento
    assert only().estado == Estado.ENTREGUE
    assert (only().status, only().tentativas, only().lease_token) == (200, 1, "")


def test_once_is_enough(destino: Feito, servidor: Servidor, agente: Agente) -> None:
    happen("certificado.incluido", agente, sha256=SHA256)
    run()

    assert run() == 0
    assert len(servidor.requests) == 1


def test_only_what_was_chosen_of_this_company_and_from_now_on(
    create: Create, servidor: Servidor, agente: Agente, outro_agente: Agente
) -> None:
    happen("certificado.incluido", agente, sha256=SHA256)
    create(servidor.url(), eventos=("certificado.incluido",))
    happen("certificado.incluido", outro_agente, sha256=SHA256)
    happen("senha.definida", agente, versao=2)
    happen("sessao.entrada", agente)
    happen("certificado.incluido", agente, objeto="depois.cer", sha256=SHA256)

    assert run() == 1

    ((_, body),) = received(servidor)
    assert json.loads(body)["dados"]["arquivo"] == "depois.cer"


def test_a_new_destination_is_not_told_what_was_before_it(create: Create, servidor: Servidor, agente: Agente) -> None:
    create(servidor.url("/primeiro"))
    happen("certificado.incluido", agente, sha256=SHA256)
    create(servidor.url("/segundo"))

    assert run() == 1
    assert servidor.requests[0].startswith(b"POST /primeiro ")


@pytest.mark.parametrize("status", [b"500 X", b"404 X", b"302 Found\r\nLocation: http://169.254.169.254/"])
def test_what_was_not_taken_goes_again_later_as_the_same_event(create: Create, agente: Agente, status: bytes) -> None:
    with serving(answer(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")) as servidor:
        create(servidor.url())
        happen("certificado.incluido", agente, sha256=SHA256)

        assert [run(), run(), run(later=ESPERAS[0])] == [1, 0, 1]

        (first, body), (second, again) = received(servidor)
    assert first["Portal-Evento"] == second["Portal-Evento"]
    assert body == again
    assert only().estado == Estado.PENDENTE
    assert only().tentativas == 2


def test_after_the_last_wait_it_is_given_up(create: Create, agente: Agente) -> None:
    with serving(answer(b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n")) as servidor:
        feito = create(servidor.url())
        happen("certificado.incluido", agente, sha256=SHA256)
        later = timedelta()
        for espera in (timedelta(), *ESPERAS):
            Destino.objects.update(pausado_ate=None)
            run(later=(later := later + espera))

    assert len(servidor.requests) == len(ESPERAS) + 1
    assert only().estado == Estado.MORTA
    assert only().destino == feito.destino


def test_who_says_gone_is_switched_off(create: Create, agente: Agente) -> None:
    with serving(answer(b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n")) as servidor:
        feito = create(servidor.url())
        happen("certificado.incluido", agente, sha256=SHA256)
        happen("certificado.incluido", agente, sha256=SHA256)
        run()

    feito.destino.refresh_from_db()
    assert not feito.destino.ativo
    assert "410" in feito.destino.motivo
    assert len(servidor.requests) == 1


def test_nothing_is_sent_while_sending_is_suspended(
    destino: Feito, servidor: Servidor, agente: Agente, settings: Settings
) -> None:
    settings.ENVIO_SUSPENSO = True
    happen("certificado.incluido", agente, sha256=SHA256)

    assert run() == 0
    assert only().estado == Estado.PENDENTE


def test_an_address_that_leads_inside_is_refused_when_it_is_used(
    destino: Feito, servidor: Servidor, agente: Agente, settings: Settings
) -> None:
    """It was allowed when the destination was made; what counts is what holds when it is used."""
    settings.SAIDA_HOSTS_PERMITIDOS = []
    happen("certificado.incluido", agente, sha256=SHA256)

    run()

    assert servidor.connections == 0
    assert only().estado == Estado.MORTA
