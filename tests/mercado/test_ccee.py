"""The market of before sees nothing of the second one."""

import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin import site
from django.test import Client
from django.urls import Resolver404, resolve

from portal.agentes.models import Usuario
from portal.mercado.perfis.ccee import CCEE
from tests.mercado.cena import browser


def test_the_tests_run_for_ccee() -> None:
    assert settings.MERCADO is CCEE
    assert settings.ROOT_URLCONF == "portal.urls"
    assert settings.LANGUAGES == [("pt-br", "Português (Brasil)")]


def test_no_request_is_asked_for_its_language(db: None) -> None:
    answer = Client(headers={"accept-language": "cs"}).get("/entrar/")

    assert "django.middleware.locale.LocaleMiddleware" not in settings.MIDDLEWARE
    assert '<html lang="pt-BR">' in answer.content.decode()
    assert "Content-Language" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/contas/", "/autoridades/", "/contatos/", "/idioma/", "/api/v1/entrada/", "/empresas/nova/"]
)
def test_the_addresses_of_accounts_do_not_exist(path: str) -> None:
    with pytest.raises(Resolver404):
        resolve(path)


def test_operations_have_no_pages_of_accounts() -> None:
    assert "contas" not in {model._meta.app_label for model in site._registry}


def test_the_services_of_accounts_refuse_where_there_are_none(ana: Usuario) -> None:
    assert browser(ana).get("/contas/").status_code == 404


def test_the_routines_are_those_of_before() -> None:
    """The notices about pairs are planned by the sweep that there is: no routine was added for them."""
    (routines,) = of_process(
        "import django; django.setup(); from portal.celery import app; print(*sorted(app.conf.beat_schedule))", "ccee"
    )

    assert set(routines.split()) == {
        "advance-flows", "consult-lists", "continue-years", "deliver-webhooks", "discard-stale-drafts", "forget-keys",
        "open-due-flows", "publish-directory", "recompute-deadlines", "seed-calendar", "sweep",
    }  # fmt: skip


def test_only_the_routines_of_the_market_run() -> None:
    program = (
        "import django, os; django.setup(); from portal.celery import app; from django.contrib.admin import site;"
        "print(*sorted(app.conf.beat_schedule)); print(*sorted({m._meta.label for m in site._registry}))"
    )
    routines, models = of_process(program, "ote")

    assert routines.split() == ["forget-keys", "sweep"]
    assert set(models.split()) == {
        "agentes.ChaveDeMaquina", "agentes.Convite", "agentes.Usuario", "auditoria.Evento",
        "contas.AutoridadePermitida", "contas.CertificadoDoOperador", "contas.Conta", "contas.Empresa", "contas.Par",
        "notificacoes.Aviso", "notificacoes.Envio", "notificacoes.Lembrete", "notificacoes.Tarefa",
    }  # fmt: skip


def of_process(program: str, perfil: str) -> list[str]:
    import os

    env: dict[str, Any] = {**os.environ, "PERFIL": perfil, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_a_profile_that_there_is_not_ends_the_start_in_one_line() -> None:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        of_process("import django; django.setup()", "xyz")

    assert refused.value.stderr.strip() == "Configuração: PERFIL='xyz' não existe; use ccee, ote."
