"""Handing one message to a server, step by step: what each answer, and each silence, means."""

import hashlib
from collections.abc import Sequence

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from pytest_django import Settings

from notificacoes import mail
from notificacoes.domain.resultado import Desfecho
from notificacoes.mail import smtp
from tests.correio import Acao, Servidor, accept_then, cut, drip, flood, later, point_to, reset, silence
from tests.notificacoes.linha import letter, line_to, sent


@pytest.fixture(autouse=True)
def _short_waits(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_TIMEOUT = 0.4
    monkeypatch.setattr(smtp, "ORCAMENTO", 1.0)
    monkeypatch.setattr(smtp, "DESPEDIDA", 0.2)


def test_a_message_arrives_as_it_was_written(settings: Settings) -> None:
    resultado, servidor = sent({}, settings)

    (recebida,) = servidor.recebidas
    assert resultado.desfecho == Desfecho.ENTREGUE
    assert resultado.resposta == "250 2.0.0 ok: na fila como 1"
    assert (recebida.de, recebida.para) == ("devolucoes+1.x@portal.invalid", "ana@exemplo.test")
    assert recebida.mensagem["Message-ID"] == "<aviso-1@portal.invalid>"
    assert recebida.mensagem["From"] == "Portal <nao@portal.invalid>"
    assert recebida.mensagem.get_body(("plain",)).get_content().split() == ["Olá.", ".", "..dois", "pontos"]  # type: ignore[union-attr]  # it is there, or the test fails
    assert resultado.sha256 == hashlib.sha256(recebida.dados).hexdigest()


@pytest.mark.parametrize("reply", ["421 volto logo", "450 ocupada", "451 erro local", "452 sem espaço"])
@pytest.mark.parametrize("step", ["RCPT", "DATA", "PONTO"])
def test_a_4xx_is_put_off(step: str, reply: str, settings: Settings) -> None:
    resultado, servidor = sent({step: reply}, settings)

    assert (resultado.desfecho, resultado.resposta) == (Desfecho.ADIADA, reply)
    assert resultado.do_servidor == reply.startswith("421")
    assert servidor.recebidas == []


@pytest.mark.parametrize("reply", ["550 5.1.1 não existe", "553 nome inválido", "554 recusada"])
@pytest.mark.parametrize("step", ["RCPT", "DATA", "PONTO"])
def test_a_5xx_about_the_message_is_final(step: str, reply: str, settings: Settings) -> None:
    resultado, servidor = sent({step: reply}, settings)

    assert (resultado.desfecho, resultado.resposta) == (Desfecho.RECUSADA, reply)
    assert not resultado.do_servidor
    assert servidor.recebidas == []


@pytest.mark.parametrize("reply", ["421 fechado", "530 identifique-se", "554 não falo com você"])
@pytest.mark.parametrize("step", ["ABERTURA", "EHLO", "MAIL"])
def test_trouble_between_us_and_the_server_condemns_no_message(step: str, reply: str, settings: Settings) -> None:
    resultado, _ = sent({step: reply, "HELO": reply}, settings)

    assert resultado.desfecho == Desfecho.ADIADA
    assert resultado.do_servidor


@pytest.mark.parametrize("step", ["ABERTURA", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("trouble", [silence, cut, reset, flood, drip("2" * 200)])
def test_silence_before_the_content_leaves_no_doubt(step: str, trouble: Acao, settings: Settings) -> None:
    resultado, servidor = sent({step: trouble}, settings)

    assert resultado.desfecho == Desfecho.ADIADA
    assert resultado.do_servidor
    assert servidor.recebidas == []


@pytest.mark.parametrize("trouble", [silence, cut, reset, flood, drip("2" * 200), "banana", "250" + "x" * 9000])
def test_silence_after_the_content_is_a_doubt(trouble: Acao, settings: Settings) -> None:
    resultado, servidor = sent({"PONTO": accept_then(trouble)}, settings)

    assert resultado.desfecho == Desfecho.EM_DUVIDA
    assert resultado.sha256
    assert len(servidor.recebidas) == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_an_answer_that_is_no_smtp_is_not_believed(step: str, settings: Settings) -> None:
    resultado, servidor = sent({step: "banana"}, settings)

    assert resultado.desfecho == Desfecho.ADIADA
    assert servidor.recebidas == []


def test_nobody_there(settings: Settings) -> None:
    with Servidor() as servidor:
        point_to(settings, servidor)

    assert smtp.CorreioSmtp().send(letter()).desfecho == Desfecho.ADIADA


def test_the_final_answer_may_take_longer_than_the_others(settings: Settings) -> None:
    resultado, _ = sent({"PONTO": accept_then(later("250 aceita, mas devagar", seconds=0.6))}, settings)

    assert resultado.desfecho == Desfecho.ENTREGUE


def test_one_connection_serves_many_and_a_refusal_in_between(settings: Settings) -> None:
    with (
        Servidor({"RCPT nao@exemplo.test": "550 5.1.1 não existe"}) as servidor,
        line_to(servidor, settings) as correio,
    ):
        fins = [correio.send(letter(f"{nome}@exemplo.test")).desfecho for nome in ("ana", "nao", "bia")]

    assert fins == [Desfecho.ENTREGUE, Desfecho.RECUSADA, Desfecho.ENTREGUE]
    assert servidor.conexoes == 1


def test_a_server_that_wants_the_text_of_a_refused_message_gets_none(settings: Settings) -> None:
    script = {"RCPT nao@exemplo.test": "550 5.1.1 não existe", "DATA SEM RCPT": "354 mande assim mesmo"}
    with Servidor(script) as servidor, line_to(servidor, settings) as correio:
        fins = [correio.send(letter(f"{nome}@exemplo.test")).desfecho for nome in ("nao", "ana")]

    assert fins == [Desfecho.RECUSADA, Desfecho.ENTREGUE]
    assert [recebida.para for recebida in servidor.recebidas] == ["ana@exemplo.test"]


def test_a_server_without_pipelining_is_asked_step_by_step(settings: Settings) -> None:
    script = {"EHLO": "250 simples", "RCPT nao@exemplo.test": "550 5.1.1 não existe"}
    with Servidor(script) as servidor, line_to(servidor, settings) as correio:
        fins = [correio.send(letter(f"{nome}@exemplo.test")).desfecho for nome in ("ana", "nao", "bia")]

    assert fins == [Desfecho.ENTREGUE, Desfecho.RECUSADA, Desfecho.ENTREGUE]
    assert (servidor.conexoes, servidor.comandos.count("DATA")) == (1, 2)


@pytest.mark.parametrize("end", [cut, reset, "421 4.4.2 tempo esgotado"])
def test_a_line_gone_dead_between_two_messages_is_opened_again(end: Acao, settings: Settings) -> None:
    script = {"MAIL": iter(["250 ok", end])}
    with Servidor(script) as servidor, line_to(servidor, settings) as correio:
        fins = [correio.send(letter()).desfecho for _ in range(3)]

    assert fins == [Desfecho.ENTREGUE] * 3
    assert servidor.conexoes == 2


def test_an_answer_too_many_is_not_taken_for_the_next(settings: Settings) -> None:
    script = {"PONTO": iter([accept_then("250 aceita\r\n250 esta ninguém pediu")]), "RCPT": iter(["250 ok", "550 não"])}
    with Servidor(script) as servidor, line_to(servidor, settings) as correio:
        fins = [correio.send(letter()).desfecho for _ in range(2)]

    assert fins == [Desfecho.ENTREGUE, Desfecho.RECUSADA]
    assert servidor.conexoes == 2


@pytest.mark.parametrize(
    "message",
    [
        letter("ana@exemplo.test\nBcc: mal@mal.test"),
        letter("não é endereço"),
        letter("joão@exemplo.test"),
        letter(**{"X-Nome": "Ana\r\nBcc: mal@mal.test"}),
        EmailMessage("duas", "x", "a@portal.invalid", ["ana@exemplo.test", "bia@exemplo.test"]),
        EmailMessage("nenhuma", "x", "a@portal.invalid", []),
    ],
)
def test_a_message_that_cannot_be_written_is_lost_alone(message: EmailMessage, settings: Settings) -> None:
    with Servidor() as servidor, line_to(servidor, settings) as correio:
        fins = [correio.send(message).desfecho, correio.send(letter()).desfecho]

    assert fins == [Desfecho.RECUSADA, Desfecho.ENTREGUE]
    assert len(servidor.recebidas) == 1


def test_other_backends_count_what_they_take_as_delivered(settings: Settings) -> None:
    with mail.connect() as correio:
        fins = [correio.send(letter()).desfecho, correio.send(letter("x\ny@exemplo.test")).desfecho]

    assert fins == [Desfecho.ENTREGUE, Desfecho.RECUSADA]
    assert len(django_mail.outbox) == 1


def test_a_backend_that_is_down_is_the_servers_trouble(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.notificacoes.test_correio.Down"

    with mail.connect() as correio:
        resultado = correio.send(letter())

    assert (resultado.desfecho, resultado.do_servidor) == (Desfecho.ADIADA, True)


class Down(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError("fora do ar")
