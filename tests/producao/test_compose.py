"""docker-compose.yml without an engine: its form, as docker would check it, and what we promise of it."""

import re
from typing import Any

import pytest

from tests.producao import composicao

SERVICES = composicao.services()
OURS = ("web", "worker", "beat", "migrate")
SERVERS = ("web", "worker", "beat", "postgres", "redis")
# The keys of the compose specification that we use; a misspelt one is ignored by no version of docker.
KNOWN_KEYS = {
    "build", "cap_drop", "command", "depends_on", "environment", "healthcheck", "image", "networks", "ports",
    "read_only", "restart", "security_opt", "shm_size", "stop_grace_period", "tmpfs", "user", "volumes",
}  # fmt: skip
SECRETS = ("SECRET_KEY", "PIMENTA", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "EMAIL_URL")
each_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)


def test_the_production_shape_is_complete() -> None:
    assert set(SERVICES) == {*OURS, "postgres", "redis"}
    assert SERVICES["postgres"]["image"].startswith("postgres:16")
    assert SERVICES["redis"]["image"].startswith("redis:7")


@each_service
def test_keys_are_of_the_specification(service: dict[str, Any]) -> None:
    assert set(service) <= KNOWN_KEYS


@each_service
def test_every_container_is_locked_down(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@each_service
def test_ports_open_on_the_loopback_only(service: dict[str, Any]) -> None:
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_only_the_data_stores_keep_something() -> None:
    assert {name for name, service in SERVICES.items() if service.get("volumes")} == {"postgres", "redis"}


@pytest.mark.parametrize("name", SERVERS)
def test_every_server_says_whether_it_is_well(name: str) -> None:
    healthcheck = SERVICES[name]["healthcheck"]

    assert healthcheck["test"][0] in ("CMD", "CMD-SHELL")
    assert {"interval", "timeout", "start_period"} <= set(healthcheck)


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_what_it_needs(name: str) -> None:
    conditions = {other: wait["condition"] for other, wait in SERVICES[name]["depends_on"].items()}

    assert conditions == {
        "postgres": "service_healthy",
        "redis": "service_healthy",
        "migrate": "service_completed_successfully",
    }


def test_the_migration_runs_once() -> None:
    assert SERVICES["migrate"]["restart"] == "no"
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


@pytest.mark.parametrize("name", SECRETS)
def test_a_missing_secret_stops_the_start_with_its_name(name: str) -> None:
    values = composicao.example()
    del values[name]

    with pytest.raises(composicao.Missing, match=f"defina {name}"):
        composicao.environments(values)


def test_no_secret_is_written_in_the_file() -> None:
    written = (composicao.ROOT / "docker-compose.yml").read_text()
    settings = re.findall(r"^ +(\w*(?:KEY|PASSWORD|PIMENTA|AUTH|URL)): *(.*)$", written, re.MULTILINE)

    assert settings
    assert all("${" in value for _, value in settings)


def test_the_image_runs_as_nobody_in_particular() -> None:
    dockerfile = (composicao.ROOT / "Dockerfile").read_text()
    last_stage = dockerfile.rpartition("\nFROM ")[2]

    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", last_stage, re.MULTILINE)
    assert "--require-hashes" in dockerfile
    assert all(SERVICES[name].get("user") for name in ("postgres", "redis"))


def test_image_and_compose_start_the_same_server() -> None:
    dockerfile = (composicao.ROOT / "Dockerfile").read_text()
    words = re.findall(r'"([^"]+)"', dockerfile.rpartition("\nCMD ")[2])

    assert words == composicao.command("web", {})
