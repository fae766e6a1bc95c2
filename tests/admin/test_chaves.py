"""Machine keys: how long each is good for, what shows of it, and that revoking one is asked twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from portal import clock
from portal.agentes import services
from portal.agentes.admin.chaves import situacao_of
from portal.agentes.models import Agente, ChaveDeMaquina, Escopo, Usuario
from portal.auditoria.models import Evento
from portal.kernel.errors import DomainError
from tests import factories
from tests.admin.formularios import add
from tests.comandos.executar import run

PAGE = reverse("admin:agentes_chavedemaquina_changelist")
GATEWAY = {"nome": "Porta", "escopo": "gateway", "cnpj": ""}


@pytest.fixture
def client(operacao: Usuario, client_of: Callable[[Usuario], Client]) -> Client:
    return client_of(operacao)


@pytest.fixture
def chave(agente: Agente) -> ChaveDeMaquina:
    now = clock.now()
    services.issue_key("Integrador", escopo=Escopo.AGENTE, agente=agente, by=factories.BY, now=now)
    return ChaveDeMaquina.objects.get()


def shown(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_a_key_is_good_for_a_year_unless_said_otherwise(client: Client) -> None:
    assert 'value="365"' in client.get(reverse("admin:agentes_chavedemaquina_add")).content.decode()

    add(client, "agentes_chavedemaquina", **GATEWAY, dias=90)

    chave = ChaveDeMaquina.objects.get()
    assert chave.expires_at - chave.created_at == timedelta(days=90)
    assert Evento.objects.latest("numero").dados["valido_ate"] == chave.expires_at.isoformat()


@pytest.mark.parametrize("dias", [0, -1, 731, 10**12, "", "um"])
def test_none_is_good_for_longer_than_two_years(client: Client, dias: object) -> None:
    assert add(client, "agentes_chavedemaquina", **GATEWAY, dias=dias).status_code == 422
    assert not ChaveDeMaquina.objects.exists()


@pytest.mark.parametrize("dias", [0, 731, 10**12])
def test_nor_by_the_service_or_the_command(dias: int, db: None) -> None:
    with pytest.raises(DomainError, match="1 a 730"):
        services.issue_key("x", escopo=Escopo.GATEWAY, agente=None, by=factories.BY, now=clock.now(), dias=dias)

    assert "1 a 730" in run("emitir_chave", "x", "--escopo", "gateway", f"--dias={dias}").mensagens
    assert not ChaveDeMaquina.objects.exists()


def test_the_command_takes_the_days(db: None) -> None:
    assert run("emitir_chave", "x", "--escopo", "gateway", "--dias", "730").codigo == 0
    assert ChaveDeMaquina.objects.get().expires_at > clock.now() + timedelta(days=729)


@pytest.mark.parametrize(
    ("days", "words"),
    [(31, "Em vigor"), (30, "⚠ Vence em 30 dias"), (1, "⚠ Vence em 1 dia"), (0, "⚠ Vence hoje"), (-1, "Vencida")],
)
def test_what_is_about_to_end_is_marked(days: int, words: str) -> None:
    noon = datetime(2026, 11, 22, 15, tzinfo=UTC)
    ends = noon + timedelta(days=days, minutes=1)

    assert situacao_of(ChaveDeMaquina(expires_at=ends), now=noon) == words
    assert situacao_of(ChaveDeMaquina(expires_at=ends, revoked_at=noon), now=noon) == "Revogada"


def test_the_list_shows_it(client: Client, chave: ChaveDeMaquina) -> None:
    assert "Em vigor" in shown(client)
    ChaveDeMaquina.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert "Vencida" in shown(client)


def test_last_use_shows(client: Client, chave: ChaveDeMaquina) -> None:
    services.touch_key(chave, now=clock.now())

    assert clock.local(clock.now()).strftime("%H:") in shown(client)


def test_revoking_is_asked_twice(client: Client, chave: ChaveDeMaquina) -> None:
    chosen = {"action": "revogar", "_selected_action": [chave.pk]}
    revoked = ChaveDeMaquina.objects.exclude(revoked_at=None)

    asked = client.post(PAGE, chosen).content.decode()

    assert not revoked.exists()
    assert "Integrador" in asked
    assert "Último uso: nunca" in asked

    client.post(PAGE, chosen | {"confirmado": "sim"})

    assert revoked.exists()
    assert "Revogada" in shown(client)


def test_what_is_revoked_is_not_revoked_again(client: Client, chave: ChaveDeMaquina) -> None:
    services.revoke_key(chave, by=factories.BY, now=clock.now())
    before = Evento.objects.count()

    client.post(PAGE, {"action": "revogar", "_selected_action": [chave.pk], "confirmado": "sim"})

    assert Evento.objects.count() == before


def test_only_the_hash_is_kept(agente: Agente) -> None:
    key = services.issue_key("x", escopo=Escopo.AGENTE, agente=agente, by=factories.BY, now=clock.now())

    row = ChaveDeMaquina.objects.values().get()
    assert key not in map(str, row.values())
    assert row["sha256"] == services.hash_key(key)
