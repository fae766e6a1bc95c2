"""The commands and health checks of docker-compose.yml, run for real: only the containers are missing."""

import http.client
import os
from collections.abc import Iterator

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
    response = connection.getresponse()
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


def test_a_second_migration_changes_nothing(installation: Installation) -> None:
    done = installation.run("migrate")

    assert done.returncode == 0
    assert "No migrations to apply" in done.stdout
