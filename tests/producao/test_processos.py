"""The commands and health checks of docker-compose.yml, run for real: only the containers are missing."""

import http.client
import os
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.producao.instalacao import Installation


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Files of the image, static files collected, database migrated by the command of the migrate service."""
    made = Installation(tmp_path_factory.mktemp("imagem"))
    with made.own_database():
        for command in (("python", "manage.py", "collectstatic", "--noinput"), ()):
            done = made.run("migrate", *command)
            assert done.returncode == 0, done.stderr
        yield made


def get(installation: Installation, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", installation.port, timeout=20)
    connection.request("GET", path, headers={"Host": "portal.exemplo.org.br"} | headers)
    with closing(connection), connection.getresponse() as response:
        response.read()
        return response


def test_web_is_well_and_answers_over_tls_only(installation: Installation) -> None:
    assert not installation.healthy("web")

    with installation.started("web") as process:
        plain = get(installation, "/entrar/")
        secure = get(installation, "/entrar/", **{"X-Forwarded-Proto": "https"})
        stranger = get(installation, "/entrar/", **{"X-Forwarded-Proto": "https", "Host": "outro.exemplo"})

    assert process.returncode == 0
    assert (plain.status, plain.headers["Location"]) == (301, "https://portal.exemplo.org.br/entrar/")
    assert secure.status == 200
    assert "max-age=31536000" in secure.headers["Strict-Transport-Security"]
    assert stranger.status == 400


def test_worker_answers_a_ping_and_ends_in_good_order(installation: Installation) -> None:
    assert not installation.healthy("worker")

    with installation.started("worker") as process:
        pass

    assert process.returncode == 0


def test_beat_is_well_while_it_writes_its_schedule(installation: Installation) -> None:
    assert not installation.healthy("beat")

    with installation.started("beat"):
        for schedule in installation.folder.glob("agenda-do-beat*"):
            os.utime(schedule, (0, 0))
        assert not installation.healthy("beat")


def test_accounts_of_the_demonstration_stop_the_start(installation: Installation) -> None:
    """Of the migration, for which docker-compose.yml makes all others wait, and of web by itself."""
    shell = ("python", "manage.py", "shell", "--command")
    user = "from portal.agentes.models import Usuario as U; U.objects"
    made = installation.run(
        "migrate", *shell, f"{user}.create_user('operacao', 'o@exemplo.org.br', 'demo-portal-2026')"
    )

    refused = installation.run("migrate")
    web = installation.run("web")
    gone = installation.run("migrate", *shell, f"{user}.filter(username='operacao').delete()", AMBIENTE="demo")

    assert made.returncode == gone.returncode == 0, made.stderr + gone.stderr
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1, refused.stderr
    assert "contas de demonstração (operacao)" in refused.stderr
    assert web.returncode == 3
    assert "contas de demonstração (operacao)" in web.stderr
    assert "Traceback" not in web.stderr


def test_a_second_migration_changes_nothing(installation: Installation) -> None:
    done = installation.run("migrate")

    assert done.returncode == 0
    assert "No migrations to apply" in done.stdout
