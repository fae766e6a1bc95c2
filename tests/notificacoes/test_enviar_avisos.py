"""The command that does at once, by hand, what beat does every half minute."""

from datetime import timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from notificacoes.models import Envio, Varredura
from portal.agentes.models import Agente, Usuario
from tests.comandos.executar import run
from tests.notificacoes.cena import HOJE, at, register

EM = ("--em", HOJE.isoformat())


def test_it_says_what_it_did_and_repeating_it_does_nothing(agente: Agente, ana: Usuario, bruno: Usuario) -> None:
    register(agente, ends=at(HOJE + timedelta(days=6)))
    register(agente, ends=at(HOJE + timedelta(days=29)))
    register(agente, ends=at(HOJE - timedelta(days=1)))

    first, second = run("enviar_avisos", *EM), run("enviar_avisos", *EM)

    assert (first.codigo, first.mensagens) == (0, "")
    assert first.texto.splitlines() == [
        "Avisos devidos em 23/11/2026 às 12:00.",
        "Planejado: avisos 5, mensagens 4, tarefas da operação 0.",
        "Deixou de ser devido: avisos superados 0, avisos cancelados 0, mensagens canceladas 0.",
        "Certificados vencidos excluídos: 1.",
        "Enviadas 4, adiadas 0, em dúvida 0, não entregues 0.",
        "Ainda na fila: 0.",
    ]
    assert len(mail.outbox) == 4
    assert second.codigo == 0
    assert "Enviadas 0" in second.texto


def test_what_fails_is_told_and_stays(agente: Agente, ana: Usuario, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.notificacoes.test_convites.Refusing"
    register(agente, ends=at(HOJE + timedelta(days=29)))

    done = run("enviar_avisos", *EM)

    assert done.codigo == 0
    assert "adiadas 1" in done.texto
    assert "Ainda na fila: 1." in done.texto
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert "Enviadas 1" in run("enviar_avisos", *EM).texto  # no waiting for the back-off


def test_suspended_sending_is_said(agente: Agente, ana: Usuario, settings: Settings) -> None:
    settings.ENVIO_SUSPENSO = True
    register(agente, ends=at(HOJE + timedelta(days=29)))

    done = run("enviar_avisos", *EM)

    assert "O envio parou antes do fim: envio suspenso (ENVIO_SUSPENSO)." in done.texto
    assert Envio.objects.get().estado == "pendente"


@pytest.mark.parametrize("em", ["amanhã", "21/11/2026", "2026-02-30", ""])
def test_what_is_no_date_is_refused_in_words(db: None, em: str) -> None:
    done = run("enviar_avisos", f"--em={em}")

    assert done.codigo == 2
    assert f"“{em}” não é uma data como 2026-11-21" in done.mensagens


def test_in_production_only_today_will_do(agente: Agente, ana: Usuario, settings: Settings) -> None:
    settings.PRODUCAO = True
    certificado = register(agente, ends=at(HOJE + timedelta(days=300)))

    done = run("enviar_avisos", "--em=2030-01-01")

    assert done.codigo == 2
    certificado.refresh_from_db()
    assert certificado.slot is not None


def test_without_a_date_it_is_now(db: None) -> None:
    assert run("enviar_avisos").codigo == 0
    assert Varredura.objects.get().at
