"""The sweep of revocation lists, against a real server on loopback and lists that the test hierarchy issues."""

from datetime import datetime, timedelta

import pytest
from cryptography import x509

from certificados.models import Arquivo, ListaRevogacao, PontoDeLista
from portal import clock
from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests import listas
from tests.certificados.publicadora import HORA, Include, Publicadora, failure, in_service, serial, sweep

Reason = x509.ReasonFlags


def test_a_revoked_certificate_leaves_service_and_the_other_stays(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    api, web = include("api"), include("web")
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, {serial(api): Reason.key_compromise}, at=now, numero=77)

    done = sweep(now)

    api.refresh_from_db()
    lista, eventos = ListaRevogacao.objects.get(), {evento.tipo: evento for evento in Evento.objects.all()}
    day = f"{clock.local_date(now - HORA):%d/%m/%Y}"
    assert (done.lidas, done.falhas, done.revogados) == (1, 0, 1)
    assert in_service() == {web.nome_arquivo}
    assert api.motivo == f"Revogado (chave comprometida) pela certificadora em {day}"
    assert (lista.numero, lista.quantas, lista.falha, lista.read_at) == ("77", 1, "", now)
    assert (lista.this_update, lista.next_update) == (
        now.replace(microsecond=0),
        (now + 6 * HORA).replace(microsecond=0),
    )
    assert eventos["certificado.revogado"].dados["lista"] == lista.url
    assert eventos["certificado.excluido"].dados["motivo"] == api.motivo


def test_one_certificate_of_two_companies_leaves_service_in_both(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, outro_agente: Agente, now: datetime
) -> None:
    api = include()
    der = bytes(api.arquivo.der)
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, {serial(api): None}, at=now)
    api.pk, api.agente, api.compartilhado = None, outro_agente, True
    api.save(force_insert=True)
    Arquivo.objects.create(certificado=api, der=der)

    assert sweep(now).revogados == 2
    assert in_service() == set()


def test_one_list_is_asked_for_once_in_its_interval(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    include("api"), include("web")
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, at=now)

    for minutes in (0, 1, 30, 59):
        sweep(now + timedelta(minutes=minutes))
    assert publicadora.asked == ["/ac.crl"]

    sweep(now + timedelta(minutes=61))
    assert publicadora.asked == ["/ac.crl"] * 2

    sweep(now + timedelta(minutes=62), tudo=True)
    assert publicadora.asked == ["/ac.crl"] * 3


def test_a_certificate_that_comes_later_is_looked_for_at_once(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    include("api")
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, at=now)
    publicadora.headers["/ac.crl"] = '"a"'
    sweep(now)
    web = include("web")
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, {serial(web): None}, at=now)

    sweep(now + timedelta(minutes=5))

    assert in_service() == {"api.cer"}


def test_an_unchanged_list_is_not_sent_again(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    include()
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, at=now)
    publicadora.headers["/ac.crl"] = '"a"'
    sweep(now)

    done = sweep(now + 2 * HORA)

    lista = ListaRevogacao.objects.get()
    assert (done.lidas, done.falhas) == (1, 0)
    assert (lista.read_at, lista.next_update) == (now + 2 * HORA, (now + 6 * HORA).replace(microsecond=0))
    assert PontoDeLista.objects.get().checked_at == now + 2 * HORA


def test_past_its_end_an_unchanged_list_will_not_do(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    include()
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, at=now)
    publicadora.headers["/ac.crl"] = '"a"'
    sweep(now)

    done = sweep(now + 7 * HORA)

    assert done.falhas == 1
    assert "venceu em" in failure()


def test_the_second_address_is_for_when_the_first_fails(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    api = include("api", "/fora.crl", "/espelho.crl")
    publicadora.paths["/espelho.crl"] = listas.issue(confianca.ac, {serial(api): None}, at=now)

    done = sweep(now)

    assert publicadora.asked == ["/fora.crl", "/espelho.crl"]
    assert (done.lidas, done.falhas) == (1, 1)
    assert in_service() == set()


def test_the_second_address_rests_while_the_first_answers(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    include("api", "/ac.crl", "/espelho.crl")
    publicadora.paths["/ac.crl"] = publicadora.paths["/espelho.crl"] = listas.issue(confianca.ac, at=now)

    sweep(now)

    assert publicadora.asked == ["/ac.crl"]


def test_suspended_is_out_of_service_too(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    api = include()
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, {serial(api): Reason.certificate_hold}, at=now)

    sweep(now)

    api.refresh_from_db()
    assert api.motivo.startswith("Suspenso pela certificadora em ")


@pytest.mark.parametrize(("reason", "stays"), [(Reason.certificate_hold, True), (Reason.superseded, False)])
def test_a_list_past_its_end_proves_a_revocation_but_not_a_suspension(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime, reason: Reason, stays: bool
) -> None:
    api = include()
    old = now - timedelta(days=3)
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, {serial(api): reason}, at=old)

    done = sweep(now)

    assert done.falhas == 1
    assert "venceu em" in failure()
    assert bool(in_service()) == stays


def test_an_older_list_than_the_one_read_tells_nothing_of_the_others(
    include: Include, publicadora: Publicadora, confianca: Hierarquia, now: datetime
) -> None:
    include()
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, at=now, until=now + 48 * HORA)
    sweep(now)
    publicadora.paths["/ac.crl"] = listas.issue(confianca.ac, at=now - HORA, until=now + 48 * HORA)

    sweep(now + 2 * HORA)

    assert "anterior à que já foi lida" in failure()
    assert ListaRevogacao.objects.get().read_at == now
