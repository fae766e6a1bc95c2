"""A run of the queue against a real server: what goes out, what is written down, what waits, what is given up."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from pytest_django import Settings

from notificacoes import mail
from notificacoes.models import Aviso, Envio, Estado, Motivo, Situacao, Tarefa
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.auditoria.selectors import verify_chain
from tests import fila_cheia
from tests.correio import Acao, Servidor, accept_then, cut, reset, silence
from tests.notificacoes.entregas import Meanwhile, Relogio, fresh, queue

pytestmark = pytest.mark.django_db
MINUTES = (1, 5, 15, 60, 120, 240, 480, 480)


def test_what_is_due_goes_out_once_and_is_proved(agente: Agente, ana: Usuario, relogio: Relogio) -> None:
    envio = queue(ana, agente, now=relogio.now)

    first, second = relogio.deliver(), relogio.deliver()

    envio, aviso, evento = fresh(envio), Aviso.objects.get(), Evento.objects.get(tipo="aviso.enviado")
    assert (first.enviadas, second.enviadas) == (1, 0)
    assert [m.extra_headers["Message-ID"] for m in outbox.outbox] == [f"<{envio.message_id}>"]
    assert (envio.estado, envio.tentativas, envio.repeticoes, envio.lease_token) == (Estado.ENVIADA, 1, 0, "")
    assert (envio.endereco, envio.smtp_codigo, len(envio.corpo_sha256)) == (ana.email, 250, 64)
    assert aviso.situacao == Situacao.ENVIADA
    assert aviso.settled_at == envio.sent_at == relogio.now - timedelta(seconds=1)
    assert (evento.cnpj, evento.objeto, evento.ator) == (agente.cnpj, envio.message_id, "portal")
    assert (evento.dados["destinatario"], evento.dados["repeticao"]) == ("ana", False)
    assert evento.dados["sha256"] == aviso.certificado.sha256
    assert verify_chain().quebra is None


def test_a_digest_settles_each_of_its_notices(agente: Agente, ana: Usuario, relogio: Relogio) -> None:
    queue(ana, agente, now=relogio.now, certificados=3)

    relogio.deliver()

    assert len(outbox.outbox) == 1
    assert list(Aviso.objects.values_list("situacao", flat=True)) == [Situacao.ENVIADA] * 3
    assert Evento.objects.filter(tipo="aviso.enviado").count() == 3


def test_what_fails_for_now_waits_longer_and_longer(
    agente: Agente, ana: Usuario, relogio: Relogio, servidor: Servidor
) -> None:
    servidor.roteiro = {"RCPT": iter(["450 ocupada", "421 fechando", "451 erro", "452 cheia"] * 2)}
    envio, waits = queue(ana, agente, now=relogio.now), []
    for _ in MINUTES:
        relogio.deliver()
        row = fresh(envio)
        assert row.proxima_at
        waits.append((row.proxima_at - relogio.now).total_seconds() / 60)
        relogio.now = row.proxima_at - timedelta(seconds=3)
        assert relogio.deliver().adiadas == 0
        relogio.pass_(seconds=3)
    relogio.deliver()

    assert all(0.8 <= wait / due <= 1.2 for wait, due in zip(waits, MINUTES, strict=True))
    assert (fresh(envio).estado, fresh(envio).tentativas, fresh(envio).repeticoes) == (Estado.ENVIADA, 9, 0)


def test_the_command_does_not_wait(agente: Agente, ana: Usuario, relogio: Relogio, servidor: Servidor) -> None:
    servidor.roteiro = {"RCPT": iter(["450 ocupada"])}
    queue(ana, agente, now=relogio.now)

    runs = [relogio.deliver(tudo=True) for _ in range(3)]

    assert [(run.adiadas, run.enviadas) for run in runs] == [(1, 0), (0, 1), (0, 0)]


def test_forty_attempts_are_enough(agente: Agente, ana: Usuario, relogio: Relogio, servidor: Servidor) -> None:
    servidor.roteiro = {"RCPT": "450 ocupada"}
    envio = queue(ana, agente, now=relogio.now)

    for _ in range(41):
        relogio.deliver(tudo=True)

    assert (fresh(envio).estado, fresh(envio).tentativas) == (Estado.MORTA, 40)
    assert "450 ocupada" in Tarefa.objects.get().detalhe


@pytest.mark.parametrize("reply", ["550 5.1.1 não existe", "553 nome inválido", "554 recusada"])
def test_a_refused_recipient_is_a_dead_letter_at_once_and_alone(
    reply: str, agente: Agente, ana: Usuario, bruno: Usuario, relogio: Relogio, servidor: Servidor
) -> None:
    servidor.roteiro = {f"RCPT {ana.email}": reply}
    refused, good = (queue(who, agente, now=relogio.now) for who in (ana, bruno))

    run = relogio.deliver()

    tarefa, evento = Tarefa.objects.get(), Evento.objects.get(tipo="aviso.nao_entregue")
    assert (run.mortas, run.enviadas) == (1, 1)
    assert (fresh(refused).estado, fresh(refused).smtp_resposta) == (Estado.MORTA, reply)
    assert refused.avisos.get().situacao == Situacao.MORTA
    assert (tarefa.motivo, tarefa.envio, tarefa.agente) == (Motivo.NAO_ENTREGUE, refused, agente)
    assert tarefa.detalhe == f"{ana.email}: {reply}"
    assert (evento.cnpj, evento.objeto, evento.dados["servidor"]) == (agente.cnpj, refused.message_id, reply)
    assert fresh(good).estado == Estado.ENVIADA


@pytest.mark.parametrize("trouble", [cut, reset, silence])
def test_no_answer_to_the_final_dot_is_a_doubt_and_its_repeat_is_marked(
    trouble: Acao, agente: Agente, ana: Usuario, relogio: Relogio, servidor: Servidor
) -> None:
    servidor.roteiro = {"PONTO": iter([accept_then(trouble)])}
    envio = queue(ana, agente, now=relogio.now)

    first = relogio.deliver()
    doubtful = fresh(envio)
    relogio.pass_(minutes=16)
    relogio.deliver()

    assert (first.em_duvida, doubtful.estado, doubtful.sent_at) == (1, Estado.EM_DUVIDA, None)
    assert servidor.ids == [envio.message_id] * 2
    assert (fresh(envio).estado, fresh(envio).repeticoes) == (Estado.ENVIADA, 1)
    assert Evento.objects.get(tipo="aviso.enviado").dados["repeticao"] is True


def test_a_doubt_outlives_a_failure_without_one(
    agente: Agente, ana: Usuario, relogio: Relogio, servidor: Servidor
) -> None:
    servidor.roteiro = {"PONTO": iter([accept_then(cut)]), "RCPT": iter(["250 ok", "450 ocupada"])}
    envio, states = queue(ana, agente, now=relogio.now), []
    for _ in range(3):
        relogio.deliver(tudo=True)
        states.append((fresh(envio).estado, fresh(envio).repeticoes))

    assert states == [(Estado.EM_DUVIDA, 0), (Estado.EM_DUVIDA, 0), (Estado.ENVIADA, 1)]


@pytest.mark.parametrize("step", ["ABERTURA", "EHLO", "MAIL", "RCPT", "DATA", "PONTO"])
def test_a_server_that_falls_silent_once_holds_up_nobody_else(step: str, relogio: Relogio, servidor: Servidor) -> None:
    servidor.roteiro = {step: iter([silence])}
    fila_cheia.fill(4, now=relogio.now)

    run = relogio.deliver()

    assert run.enviadas == 3
    assert run.adiadas + run.em_duvida == 1


def test_a_server_that_is_down_is_left_alone_and_nothing_is_held_against_the_rest(
    relogio: Relogio, servidor: Servidor
) -> None:
    servidor.roteiro = {"ABERTURA": "421 fora do ar"}
    fila_cheia.fill(20, now=relogio.now)

    run = relogio.deliver()

    assert run.adiadas == 3
    assert "não está atendendo" in run.parada
    assert Envio.objects.filter(estado=Estado.PENDENTE, tentativas=0, tentada_at=None).count() == 17
    assert servidor.conexoes == 3


def test_after_three_days_without_a_server_all_go_with_the_text_of_that_day(
    agente: Agente, ana: Usuario, relogio: Relogio, servidor: Servidor, settings: Settings
) -> None:
    envio, port = queue(ana, agente, now=relogio.now, dias=6), settings.EMAIL_PORT
    settings.EMAIL_PORT = 1
    for _ in range(3 * 24 * 4):
        relogio.pass_(minutes=15)
        relogio.deliver()
    settings.EMAIL_PORT = port
    relogio.pass_(hours=10)
    relogio.deliver()

    subject = servidor.recebidas[0].mensagem["Subject"]
    assert (fresh(envio).estado, fresh(envio).repeticoes) == (Estado.ENVIADA, 0)
    assert fresh(envio).tentativas < 20
    assert "2 dias" in subject or "3 dias" in subject


def test_held_back_nothing_goes(agente: Agente, ana: Usuario, relogio: Relogio, settings: Settings) -> None:
    settings.ENVIO_SUSPENSO = True
    envio = queue(ana, agente, now=relogio.now)

    run = relogio.deliver()

    assert "ENVIO_SUSPENSO" in run.parada
    assert fresh(envio).estado == Estado.PENDENTE


def test_a_slow_server_uses_up_no_lease(relogio: Relogio, servidor: Servidor) -> None:
    """With too little of the lease left a message does not begin; it goes back and comes with another lease."""
    fila_cheia.fill(7, now=relogio.now)

    with mail.connect() as correio:
        run = relogio.deliver(Meanwhile(correio, lambda sent: relogio.pass_(seconds=100)), tudo=True)

    assert run.enviadas == 7
    assert set(Envio.objects.values_list("tentativas", "repeticoes")) == {(1, 0)}
