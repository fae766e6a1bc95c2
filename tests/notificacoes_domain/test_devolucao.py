"""Reading what came back."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notificacoes.domain.devolucao import LIMITE, Especie, read
from tests.notificacoes_domain import devolucoes as amostras

PARA, MESSAGE_ID = "devolucoes+1.ab@portal.invalid", "aviso-1@portal.invalid"


def filled(amostra: str) -> bytes:
    return amostra.format(para=PARA, message_id=MESSAGE_ID).encode()


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("POSTFIX", "5.1.1", "550 5.1.1 <ana@exemplo.test>: Recipient address rejected: User unknown"),
        ("EXCHANGE", "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ana@exemplo.test not found"),
        ("GMAIL", "5.1.1", "550-5.1.1 The email account that you tried to reach does not exist."),
        ("EXIM", "5.2.2", "552 5.2.2 Mailbox full"),
    ],
)
def test_each_kind_of_server_is_understood(name: str, status: str, words: str) -> None:
    found = read(filled(getattr(amostras, name)))

    assert (found.especie, found.status) == (Especie.PERMANENTE, status)
    assert words in found.motivo
    assert PARA in found.enviada_para
    assert found.destinatarios == ("ana@exemplo.test",)
    assert found.message_ids[0] == MESSAGE_ID


def test_a_bounce_without_any_code_counts_by_its_sender_alone() -> None:
    found = read(filled(amostras.QMAIL))

    assert (found.especie, found.status, found.enviada_para) == (Especie.PERMANENTE, "", (PARA,))


def test_a_delay_is_not_the_end() -> None:
    assert read(filled(amostras.ATRASO_POSTFIX)).especie == Especie.ATRASO


@pytest.mark.parametrize("line", ["451 4.4.1 timeout", "421 try later", "Delivery is delayed; will be retried"])
def test_a_delay_in_plain_text_is_one_too(line: str) -> None:
    assert read(b"Return-Path: <>\n\n" + line.encode()).especie == Especie.ATRASO


@pytest.mark.parametrize(
    ("action", "especie"),
    [
        ("delivered", Especie.ENTREGUE),
        ("relayed", Especie.ENTREGUE),
        ("expanded", Especie.ENTREGUE),
        ("?", Especie.DESCONHECIDA),
    ],
)
def test_other_reports_are_no_bounces(action: str, especie: Especie) -> None:
    report = filled(amostras.POSTFIX).replace(b"Action: failed", f"Action: {action}".encode())

    assert read(report).especie == especie


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "Content-Type: multipart/report; report-type=disposition-notification",
    ],
)
def test_whoever_is_away_did_not_bounce(header: str) -> None:
    mail = f"From: Ana <ana@exemplo.test>\n{header}\n\nVolto dia 5.1.1\n"

    assert read(mail.encode()).especie == Especie.RESPOSTA
    assert read(filled(amostras.AUSENTE)).especie == Especie.RESPOSTA


@pytest.mark.parametrize(
    "mail", [b"", b"From: ana@exemplo.test\n\nOi", b"Return-Path: <>\n\n250 2.1.5 ok", b"\xff\x00"]
)
def test_anything_else_is_not_understood(mail: bytes) -> None:
    assert read(mail).especie == Especie.DESCONHECIDA


def test_one_failure_among_several_recipients_is_what_counts() -> None:
    report = filled(amostras.POSTFIX).replace(
        b"Final-Recipient",
        b"Final-Recipient: rfc822; b@exemplo.test\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient",
        1,
    )

    found = read(report)

    assert (found.especie, found.status) == (Especie.PERMANENTE, "5.1.1")


@pytest.mark.parametrize(
    "hostile",
    [
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)),
        b'Content-Type: multipart/report; boundary="' + b"a" * 70000 + b'"\n\n--x',
        b"Content-Type: text/plain; charset=nao-existe\nSubject: =?nao-existe?b?AAAA?=\n\n550 5.0.0 x",
        b"Content-Type: message/delivery-status\n\n" + b"Action: failed\n\n" * 5000,
        b'Content-Type: message/delivery-status; boundary="b"\nContent-Transfer-Encoding: base64\n\n\xff\xff',
        b"To: " + b"a@b.c, " * 50000 + b"\n\n",
        b"Subject: " + b"=?utf-8?q?" * 20000 + b"\n\n",
        b"A" * (LIMITE + 10),
    ],
)
def test_hostile_mail_is_only_not_understood_or_cut(hostile: bytes) -> None:
    assert read(hostile).especie in set(Especie)


@given(st.binary(max_size=400), st.sampled_from(["POSTFIX", "EXCHANGE", "GMAIL", "EXIM"]), st.integers(0, 2500))
def test_whatever_stands_anywhere_in_a_report_nothing_is_raised(junk: bytes, name: str, where: int) -> None:
    mail = filled(getattr(amostras, name))

    assert read(mail[:where] + junk + mail[where:]).especie in set(Especie)


def test_many_parts_are_not_walked_for_ever() -> None:
    mail = EmailMessage()
    mail["Return-Path"] = "<>"
    mail.set_content("x")
    for _ in range(200):
        mail.add_attachment("550 5.1.1 no fim")

    assert read(mail.as_bytes()).status == "5.1.1"
