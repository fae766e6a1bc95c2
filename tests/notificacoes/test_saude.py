"""What load balancers, Prometheus and operations are told of the state of things."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries

from certificados.models import Certificado
from notificacoes.models import Aviso, Envio, Estado, Tarefa, Tipo, Varredura
from notificacoes.selectors.fila import figures
from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories

ClientOf = Callable[[Usuario], Client]
LINK = "/admin/notificacoes/envio/?ver=fila"


@pytest.fixture
def fila(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> Callable[..., Envio]:
    """A certificate in service, and a maker of messages owed to ana."""
    factories.adhere(agente, ana, confianca)

    def owe(estado: Estado = Estado.PENDENTE, *, since: timedelta = timedelta()) -> Envio:
        number, lease = Envio.objects.count(), {"lease_until": now, "lease_token": "t"}
        return Envio.objects.create(
            tipo=Tipo.CONVITE,
            chave=f"convite:{number}",
            message_id=f"convite-{number}@portal.invalid",
            destinatario=ana,
            prazo=now,
            created_at=now - since,
            estado=estado,
            sent_at=now if estado == Estado.ENVIADA else None,
            **(lease if estado == Estado.ARRENDADA else {}),
        )

    return owe


def swept(at: datetime | None) -> None:
    Varredura.objects.update_or_create(pk=1, defaults={"at": at})


@contextmanager
def no_database() -> Iterator[None]:
    good = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict["PORT"] = 1  # nobody listens there
    try:
        yield
    finally:
        connection.settings_dict.update(good)


def test_ready_says_yes_and_nothing_more(client: Client, db: None) -> None:
    response = client.get("/saude/")

    assert (response.status_code, response.json()) == (200, {"situacao": "ok"})


def test_ready_names_what_is_missing_and_keeps_the_rest_to_itself(
    client: Client, transactional_db: None, settings: Any
) -> None:
    settings.REDIS_URL = "redis://:segredo-do-redis@127.0.0.1:1/0"
    with no_database():
        response = client.get("/saude/")

    assert response.status_code == 503
    assert response.json() == {"situacao": "indisponivel", "falta": ["banco de dados", "Redis"]}
    assert "segredo" not in response.content.decode()


def test_ready_asks_for_redis_only_where_there_is_one(client: Client, db: None, settings: Any) -> None:
    settings.REDIS_URL = ""

    assert client.get("/saude/").status_code == 200


def test_alive_asks_nobody(client: Client, transactional_db: None, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with no_database():
        response = client.get("/saude/viva/")

    assert (response.status_code, response.json()) == (200, {"situacao": "ok"})


def metrics(client: Client, **headers: str) -> dict[str, float]:
    """As Prometheus reads them: name and labels -> value."""
    response = client.get("/metricas", headers=headers)
    assert response.status_code == 200
    families = text_string_to_metric_families(response.content.decode())
    return {
        f"{sample.name}{sorted(sample.labels.values()) or ''}": sample.value
        for family in families
        for sample in family.samples
    }


def test_metrics_count_the_queue(client: Client, fila: Callable[..., Envio], now: datetime) -> None:
    fila(Estado.ENVIADA, since=timedelta(days=9))
    fila(Estado.MORTA, since=timedelta(days=9))
    fila(Estado.EM_DUVIDA, since=timedelta(hours=3))
    fila(Estado.ARRENDADA)
    fila()

    found = metrics(client)

    assert found["portal_avisos_pendentes"] == 2
    assert found["portal_avisos_em_duvida"] == found["portal_avisos_mortas"] == 1
    assert 0 <= found["portal_avisos_mais_antigo_segundos"] - 3 * 3600 < 600
    assert found["portal_envio_suspenso"] == 0
    assert "portal_varredura_segundos" not in found  # none yet


def test_metrics_count_notices_by_lead(client: Client, fila: Any, ana: Usuario, now: datetime) -> None:
    factories.undelivered(Certificado.objects.get(), ana, now=now)

    found = metrics(client)

    assert found["portal_avisos['30', 'morta']"] == Aviso.objects.count() == 1
    assert found["portal_avisos['7', 'enviada']"] == 0
    assert found["portal_tarefas_abertas"] == Tarefa.objects.count() == 1


def test_metrics_show_what_the_sweep_left_undone(client: Client, fila: Any, now: datetime) -> None:
    swept(now - timedelta(hours=2))
    Certificado.objects.update(valid_until=now - timedelta(hours=1))

    found = metrics(client)

    assert 0 <= found["portal_varredura_segundos"] - 2 * 3600 < 600
    assert found["portal_certificados_em_servico"] == found["portal_certificados_vencidos_em_servico"] == 1


def test_a_clock_that_was_set_back_gives_no_negative_age(fila: Callable[..., Envio], now: datetime) -> None:
    fila()
    swept(now)

    figuras = figures(now - timedelta(hours=1))

    assert (figuras.mais_antigo, figuras.varredura) == (timedelta(), timedelta())


def test_metrics_cost_the_same_for_any_queue(
    fila: Callable[..., Envio], now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        fila()
        with django_assert_num_queries(7):
            figures(now)


def test_metrics_want_their_key_where_one_is_set(client: Client, db: None, settings: Any) -> None:
    settings.METRICAS_CHAVE = "chave-do-prometheus"

    assert client.get("/metricas").status_code == 401
    assert client.get("/metricas", headers={"Authorization": "Bearer outra"}).status_code == 401
    assert client.get("/metricas", headers={"Authorization": "Bearer é"}).status_code == 401
    assert "portal_avisos_pendentes" in metrics(client, Authorization="Bearer chave-do-prometheus")


def test_production_without_a_key_has_no_metrics(client: Client, db: None, settings: Any) -> None:
    settings.EXPOSTO = True

    assert client.get("/metricas").status_code == 404


def banner(browser: Client) -> str:
    page = browser.get("/admin/").content.decode()
    return page.partition('class="faixa"')[2]


def test_no_banner_where_all_is_well(
    client_of: ClientOf, fila: Callable[..., Envio], operacao: Usuario, now: datetime
) -> None:
    fila(since=timedelta(minutes=50))
    fila(Estado.ENVIADA, since=timedelta(days=3))
    swept(now)

    assert banner(client_of(operacao)) == ""


def test_a_banner_says_that_mail_is_late_since_when_and_where_to_look(
    client_of: ClientOf, fila: Callable[..., Envio], leitura: Usuario
) -> None:
    oldest = fila(Estado.EM_DUVIDA, since=timedelta(hours=2))

    shown = banner(client_of(leitura))

    assert "Há e-mail devido e não enviado há mais de uma hora" in shown
    assert f'datetime="{oldest.created_at.astimezone().isoformat()[:10]}' in shown
    assert LINK in shown


def test_a_banner_says_that_sending_is_suspended(
    client_of: ClientOf, fila: Callable[..., Envio], operacao: Usuario, settings: Any
) -> None:
    settings.ENVIO_SUSPENSO = True
    fila(since=timedelta(hours=2))

    shown = banner(client_of(operacao))

    assert "O envio de e-mails está suspenso" in shown
    assert "mais de uma hora" not in shown


def test_a_banner_says_that_the_sweep_stands_still(client_of: ClientOf, operacao: Usuario, now: datetime) -> None:
    browser = client_of(operacao)
    swept(None)
    assert banner(browser) == ""

    swept(now - timedelta(minutes=16))

    assert "A varredura dos vencimentos não roda há mais de 15 minutos" in banner(browser)


def test_a_page_outside_the_administration_has_no_banner(
    client_of: ClientOf, fila: Callable[..., Envio], ana: Usuario
) -> None:
    fila(since=timedelta(hours=2))

    assert 'class="faixa"' not in client_of(ana).get("/empresas/").content.decode()
