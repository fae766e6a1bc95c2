"""What comes back is written down once, told to the others, and believed only with our signature."""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from notificacoes.enderecos import envelope_sender
from notificacoes.models import Envio, Estado, Motivo, Tarefa, Tipo
from notificacoes.services.devolucoes import NaoEntendida, Recebida, take_bounce
from portal.agentes.models import Agente, Papel, Usuario
from portal.auditoria.models import Evento
from portal.kernel.errors import Conflict
from tests import factories
from tests.notificacoes.cartas import certificate, message, sent
from tests.notificacoes_domain import devolucoes as amostras

NOW = datetime(2027, 2, 4, 15, tzinfo=UTC)
ENDS = datetime(2027, 2, 10, 2, 59, 59, tzinfo=UTC)


@pytest.fixture
def envio(agente: Agente, ana: Usuario) -> Envio:
    return sent(ana, certificate(agente, ends=ENDS), now=NOW)


def report(amostra: str, envio: Envio, *, para: str = "") -> bytes:
    return amostra.format(para=para or envelope_sender(envio.pk), message_id=envio.message_id).encode()


@pytest.mark.parametrize("amostra", ["POSTFIX", "EXCHANGE", "GMAIL", "EXIM", "QMAIL"])
def test_a_bounce_is_on_record_in_the_ledger_and_on_somebodys_list(envio: Envio, agente: Agente, amostra: str) -> None:
    assert take_bounce(report(getattr(amostras, amostra), envio), now=NOW) == Recebida.REGISTRADA

    envio.refresh_from_db()
    entry = Evento.objects.get(tipo="aviso.devolvido")
    assert (envio.estado, envio.devolvida_at) == (Estado.ENVIADA, NOW)
    assert (entry.cnpj, entry.objeto, entry.ator) == (agente.cnpj, envio.message_id, "portal")
    assert (entry.dados["envio"], entry.dados["usuario"]) == (envio.pk, "ana")
    tarefa = Tarefa.objects.get(motivo=Motivo.DEVOLVIDO)
    assert (tarefa.chave, tarefa.envio, tarefa.agente) == (f"devolvido:{envio.pk}", envio, agente)
    assert "ana@exemplo.test" in tarefa.detalhe


def test_the_same_bounce_twice_is_one(envio: Envio) -> None:
    data = report(amostras.POSTFIX, envio)

    assert [take_bounce(data, now=NOW) for _ in range(2)] == [Recebida.REGISTRADA, Recebida.REPETIDA]
    assert Evento.objects.filter(tipo="aviso.devolvido").count() == Tarefa.objects.count() == 1


def test_a_delay_is_only_noted(envio: Envio) -> None:
    assert take_bounce(report(amostras.ATRASO_POSTFIX, envio), now=NOW) == Recebida.ATRASO

    envio.refresh_from_db()
    assert envio.devolvida_at is None
    assert envio.devolucao.startswith("Atraso: 4.4.1")
    assert not Tarefa.objects.exists()
    assert take_bounce(report(amostras.POSTFIX, envio), now=NOW) == Recebida.REGISTRADA


def test_whoever_is_away_is_left_alone(envio: Envio) -> None:
    assert take_bounce(report(amostras.AUSENTE, envio), now=NOW) == Recebida.IGNORADA
    assert not Evento.objects.filter(tipo="aviso.devolvido").exists()


def test_a_forged_signature_is_refused_whatever_else_it_knows(envio: Envio) -> None:
    forged = envelope_sender(envio.pk).replace(".", ".0", 1)

    for para in ("", forged):
        with pytest.raises(NaoEntendida, match="assinatura"):
            take_bounce(report(amostras.POSTFIX, envio, para=forged), para=para, now=NOW)
    assert not Tarefa.objects.exists()


def test_where_the_server_says_who_it_was_for_that_counts(envio: Envio) -> None:
    data = report(amostras.QMAIL, envio, para="outro@portal.invalid")

    assert take_bounce(data, para=envelope_sender(envio.pk), now=NOW) == Recebida.REGISTRADA


def test_without_an_address_the_message_id_must_come_with_the_recipient(envio: Envio) -> None:
    rewritten = report(amostras.POSTFIX, envio, para="devolucoes@portal.invalid")

    with pytest.raises(NaoEntendida, match="Não diz de qual"):
        take_bounce(rewritten.replace(b"ana@exemplo.test", b"x@exemplo.test"), now=NOW)
    with pytest.raises(NaoEntendida, match="Não diz de qual"):
        take_bounce(rewritten.replace(envio.message_id.encode(), b"nada@portal.invalid"), now=NOW)
    assert take_bounce(rewritten, now=NOW) == Recebida.REGISTRADA


def test_an_address_of_ours_alone_says_nothing(envio: Envio) -> None:
    with pytest.raises(NaoEntendida, match="não diz o que houve"):
        take_bounce(b"From: ana@exemplo.test\n\nOi", para=envelope_sender(envio.pk), now=NOW)


def test_what_has_not_left_cannot_come_back(agente: Agente, ana: Usuario, envio: Envio) -> None:
    waiting = message(ana, Tipo.VENCIMENTO, now=NOW)
    for pk in (waiting.pk, 10**9):
        with pytest.raises(NaoEntendida, match="ainda não saiu"):
            take_bounce(report(amostras.POSTFIX, envio, para=envelope_sender(pk)), now=NOW)
    Envio.objects.filter(pk=envio.pk).update(estado=Estado.ARRENDADA, lease_until=NOW, sent_at=None)
    with pytest.raises(Conflict):
        take_bounce(report(amostras.POSTFIX, envio), now=NOW)


def test_each_company_of_a_digest_has_its_entry(agente: Agente, outro_agente: Agente, ana: Usuario) -> None:
    factories.represent(ana, outro_agente, Papel.REPRESENTANTE_CCEE)
    envio = sent(ana, certificate(agente, ends=ENDS), certificate(outro_agente, ends=ENDS), now=NOW)

    take_bounce(report(amostras.POSTFIX, envio), now=NOW)

    entries = Evento.objects.filter(tipo="aviso.devolvido").values_list("cnpj", flat=True)
    assert sorted(entries) == sorted([agente.cnpj, outro_agente.cnpj])


def test_an_invitation_that_came_back_is_of_no_company(ana: Usuario) -> None:
    envio = message(ana, Tipo.CONVITE, now=NOW, dados={"convite": 1}, tentativas=1)

    take_bounce(report(amostras.POSTFIX, envio), now=NOW)

    assert Evento.objects.get(tipo="aviso.devolvido").cnpj == ""
    assert Tarefa.objects.get().agente is None


def run(data: bytes, *args: str, monkeypatch: pytest.MonkeyPatch) -> int | str | None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    try:
        call_command("receber_devolucao", *args, stdout=io.StringIO())
    except SystemExit as end:
        return end.code
    return 0


def test_a_mail_server_can_pipe_it_in(
    envio: Envio, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert run(report(amostras.AUSENTE, envio), monkeypatch=monkeypatch) == 0
    assert run(b"\xff lixo\nSubject: x\x1b[31m", monkeypatch=monkeypatch) == 65
    assert "lixo" in caplog.text
    assert "\x1b" not in caplog.text
    data = report(amostras.QMAIL, envio, para="x@y.test") + b"\nx" * 2_000_000
    assert run(data, "--para", envelope_sender(envio.pk), monkeypatch=monkeypatch) == 0
    envio.refresh_from_db()
    assert envio.devolvida_at is not None


def test_a_file_does_too_and_a_missing_one_is_told(envio: Envio, tmp_path: Path) -> None:
    arquivo = tmp_path / "devolucao.eml"
    arquivo.write_bytes(report(amostras.GMAIL, envio))

    call_command("receber_devolucao", str(arquivo), stdout=(out := io.StringIO()))

    assert out.getvalue().strip() == "devolução registrada"


def test_a_database_that_is_away_means_try_again(envio: Envio, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(execute: object, *args: object) -> None:
        raise OperationalError("o banco está fora")

    with connection.execute_wrapper(away):
        assert run(report(amostras.POSTFIX, envio), monkeypatch=monkeypatch) == 75
