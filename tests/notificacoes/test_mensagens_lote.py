"""Mails by the batch: few queries, sound headers, and no bad row that takes others with it."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from notificacoes import enderecos
from notificacoes.mensagens import Carta, Desistencia, write_all
from notificacoes.models import Envio, Estado, Tipo
from portal.agentes.models import Agente, Papel, Usuario
from tests import factories
from tests.notificacoes.cartas import certificate, letter, message, owe, parsed, text_of

NOW = datetime(2027, 2, 4, 15, tzinfo=UTC)
ENDS = datetime(2027, 2, 10, 2, 59, 59, tzinfo=UTC)
HOSTIL = 'Zé "<b>\r\nBcc: x@mal.test\u202e\x00 & <script>alert(1)</script>'


def batch(size: int) -> list[Envio]:
    envios = []
    for _ in range(size):
        agente = factories.create_agente()
        usuario = factories.create_usuario(f"p{agente.pk}")
        factories.represent(usuario, agente, Papel.REPRESENTANTE_CCEE)
        envios.append(owe(usuario, certificate(agente, ends=ENDS), certificate(agente, ends=ENDS), now=NOW))
    return envios


def queries(envios: list[Envio]) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert all(isinstance(one, Carta) for one in write_all(envios, now=NOW).values())
    return len(captured)


def test_a_batch_costs_as_many_queries_as_one(db: None) -> None:
    envios = batch(30)

    assert queries(envios) == queries(envios[:1]) <= 8


def test_headers_are_those_of_an_automatic_mail(agente: Agente, ana: Usuario, settings: Settings) -> None:
    envio = owe(ana, certificate(agente, ends=ENDS), now=NOW)

    carta = letter(envio, now=NOW)
    mail = parsed(carta)

    assert mail["From"] == settings.DEFAULT_FROM_EMAIL
    assert (mail["To"], carta.mensagem.to, carta.endereco) == (ana.email, [ana.email], ana.email)
    assert mail["Message-ID"] == f"<{envio.message_id}>"
    assert parsedate_to_datetime(mail["Date"]) == NOW
    assert mail["Date"].endswith("-0300")
    assert mail["Reply-To"] == settings.ATENDIMENTO["email"]
    assert mail["Content-Language"] == "pt-BR"
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert enderecos.envio_of(carta.mensagem.from_email) == envio.pk
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_what_goes_out_is_seven_bits_in_short_lines(agente: Agente, ana: Usuario) -> None:
    Agente.objects.update(razao_social="É" * 200, sigla="ção" * 20)
    carta = letter(owe(ana, certificate(agente, ends=ENDS, titular="ü" * 1000), now=NOW), now=NOW)

    data = carta.mensagem.message().as_bytes(linesep="\r\n")

    assert data.isascii()
    assert max(len(line) for line in data.split(b"\r\n")) <= 100
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert carta.mensagem.message()["Message-ID"] in data.decode()
    assert data.replace(b"\r\n", b"\n").decode().splitlines()[0] == carta.mensagem.message().as_string().splitlines()[0]


def test_any_backend_of_django_takes_them(agente: Agente, ana: Usuario) -> None:
    carta = letter(owe(ana, certificate(agente, ends=ENDS), now=NOW), now=NOW)

    assert carta.mensagem.send() == 1
    assert "vence em 5 dias" in str(outbox.outbox[0].body)


def test_hostile_names_stay_text(agente: Agente, ana: Usuario) -> None:
    Usuario.objects.update(nome=HOSTIL.replace("\0", ""))
    Agente.objects.update(sigla=HOSTIL.replace("\0", "")[:60], razao_social=HOSTIL.replace("\0", ""))
    certificado = certificate(
        agente, ends=ENDS, nome_arquivo=HOSTIL.replace("\0", ""), titular=HOSTIL.replace("\0", "")
    )

    mail = parsed(letter(owe(ana, certificado, now=NOW), now=NOW))

    assert "Bcc" not in mail
    assert sorted(set(mail.keys())) == sorted(mail.keys())
    assert "\n" not in mail["Subject"]
    assert "\u202e" not in mail["Subject"] + text_of(mail) + text_of(mail, "html")
    assert "<script" not in text_of(mail, "html")
    assert "<script>alert(1)</script>" in text_of(mail)


@pytest.mark.parametrize("address", ["", "sem-arroba", "a@b\r\nBcc: x@mal.test", "a b@exemplo.test", "é@exemplo.test"])
def test_an_address_that_cannot_be_is_a_dead_letter(agente: Agente, ana: Usuario, address: str) -> None:
    envio, good = batch(1)[0], owe(ana, certificate(agente, ends=ENDS), now=NOW)
    Usuario.objects.filter(pk=envio.destinatario_id).update(email=address)

    written = write_all([envio, good], now=NOW)

    assert written[envio.pk] == Desistencia(Estado.MORTA, written[envio.pk].motivo)  # type: ignore[union-attr]  # it is there, or the test fails
    assert isinstance(written[good.pk], Carta)


def test_a_domain_with_accents_goes_in_its_own_alphabet(agente: Agente, ana: Usuario) -> None:
    Usuario.objects.update(email="ana@energia-é.test")

    carta = letter(owe(ana, certificate(agente, ends=ENDS), now=NOW), now=NOW)

    assert carta.endereco == "ana@xn--energia--i1a.test" == parsed(carta)["To"]


def test_a_row_that_nobody_can_write_spoils_no_other(agente: Agente, ana: Usuario) -> None:
    bad = [
        message(ana, Tipo.SOLICITACAO, now=NOW, dados={"evento": 1, "protocolo": "PI-2027-000009"}),
        message(ana, Tipo.SOLICITACAO, now=NOW),
        message(ana, Tipo.EXCLUSAO, now=NOW),
        message(ana, Tipo.DEVOLUCAO, now=NOW, dados={"envio": 10**9}),
        message(ana, Tipo.CONVITE, now=NOW, dados={}),
    ]
    good = owe(ana, certificate(agente, ends=ENDS), now=NOW)

    written = write_all([*bad, good], now=NOW)

    assert isinstance(written[good.pk], Carta)
    for envio in bad:
        found = written[envio.pk]
        assert isinstance(found, Desistencia)
        assert found.estado == Estado.MORTA
        assert "não foi possível escrever a mensagem" in found.motivo


def test_a_line_break_in_a_message_id_writes_no_header(agente: Agente, ana: Usuario) -> None:
    envio = owe(ana, certificate(agente, ends=ENDS), now=NOW)
    envio.message_id = "x@portal.invalid>\r\nBcc: x@mal.test"
    written = write_all([envio], now=NOW)[envio.pk]

    assert isinstance(written, Carta)
    with pytest.raises(ValueError, match="quebra de linha no cabeçalho Message-ID"):
        written.mensagem.message()


def test_nobody_to_write_about_is_no_query_too_many(db: None) -> None:
    assert write_all([], now=NOW) == {}


def test_the_envelope_sender_is_ours_alone(settings: Settings) -> None:
    address = enderecos.envelope_sender(12345)

    assert address.startswith("devolucoes+9ix.")
    assert [enderecos.envio_of(text) for text in (address, address.upper(), f" {address} ")] == [12345] * 3
    tampered = address.replace("+9ix.", "+9iy."), address.replace("+9ix.", "+."), address[:-1], "ana@exemplo.test", ""
    assert [enderecos.envio_of(text) for text in (*tampered, "devolucoes+zzzzzzzzzzzzzzz.a@portal.invalid")] == [
        None
    ] * 6
    old, settings.SECRET_KEY = settings.SECRET_KEY, "outra chave, depois da troca de todas as chaves"
    assert enderecos.envio_of(address) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert enderecos.envio_of(address) == 12345
    assert len(address.partition("@")[0]) <= 64


def test_what_one_signature_opens_another_does_not() -> None:
    token = enderecos.opt_out_path(7).split("/")[-2]
    number, _, signature = token.partition(".")

    assert enderecos.usuario_of(token) == 7
    assert enderecos.envio_of(f"devolucoes+{number}.{signature[:16]}@portal.invalid") is None
    assert enderecos.usuario_of(enderecos.envelope_sender(7)[len("devolucoes+") :].partition("@")[0]) is None


def test_mails_leave_in_the_time_of_sao_paulo(agente: Agente, ana: Usuario) -> None:
    carta = letter(owe(ana, certificate(agente, ends=ENDS), now=NOW), now=NOW + timedelta(hours=10))

    assert parsed(carta)["Date"] == "Thu, 04 Feb 2027 22:00:00 -0300"
