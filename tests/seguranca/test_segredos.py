"""Passwords are planted, used, mistyped and refused; afterwards they must be nowhere."""

import logging
from collections.abc import Iterator

import pytest
import redis
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from portal.logs import OneLine
from tests import factories
from tests.agentes.entrada import sign_in

PESSOAL, NOVA, ERRADA = factories.SENHA, "canario amarelo na gaiola", "senha que digitei errado"
SISTEMICA, RECUSADA = "73190482", "87654321"
PLANTED = (PESSOAL, NOVA, ERRADA, SISTEMICA, RECUSADA)


def database_text() -> str:
    """Every row of every table, and what the sessions hold when decoded."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")  # noqa: S608 - the database's own table names
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows) + str([session.get_decoded() for session in Session.objects.all()])


def redis_text() -> str:
    server = redis.Redis.from_url(settings.REDIS_URL)
    with server:
        return str([(key, server.dump(key)) for key in server.scan_iter()])


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """DEBUG, and what `django` keeps from the root logger too."""
    logger = logging.getLogger("django")
    logger.addHandler(caplog.handler)
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="django"):
        yield caplog
    logger.removeHandler(caplog.handler)


def use_them_all(agente: Agente, hierarquia: Hierarquia) -> None:
    client = Client(raise_request_exception=False)
    sign_in(client, "ana", ERRADA)
    sign_in(client, ERRADA, "x")
    sign_in(client, "ana", PESSOAL)
    client.post("/conta/senha/", {"oldpassword": PESSOAL, "password1": NOVA, "password2": "outra"})
    client.post("/conta/senha/", {"oldpassword": PESSOAL, "password1": NOVA, "password2": NOVA})
    certificate = SimpleUploadedFile("a.cer", factories.issue(hierarquia, agente))
    for senha in (RECUSADA, SISTEMICA):
        certificate.seek(0)
        client.post(f"/adesao/{agente.cnpj}/", {"senha": senha, "arquivos": certificate})
        certificate.seek(0)
        client.post(f"/api/v1/agentes/{agente.cnpj}/solicitacoes/", {"senha": senha, "certificados": certificate})


def test_no_password_is_left_anywhere(
    ana: Usuario, agente: Agente, confianca: Hierarquia, everything_logged: pytest.LogCaptureFixture
) -> None:
    use_them_all(agente, confianca)

    places = {
        "log": everything_logged.text,
        "database": database_text(),
        "redis": redis_text(),
        "mail": str([(message.subject, message.body) for message in mail.outbox]),
    }
    assert [(place, senha) for place, text in places.items() for senha in PLANTED if senha in text] == []
    assert "adesao.concluida" in places["database"]
    assert "allauth:rl" in places["redis"]


def test_the_search_finds_what_is_there(ana: Usuario, everything_logged: pytest.LogCaptureFixture) -> None:
    sign_in(Client(), "ana")
    logging.getLogger("django.request").debug("isto %s", "aparece")

    assert "isto aparece" in everything_logged.text
    assert "ana@exemplo.test" in database_text()
    assert "_auth_user_id" in database_text()


@pytest.mark.parametrize("hostile", ["a\nERROR forjado", "a\r\nb", "\x1b[31mvermelho", "a\u2028b", "\0", "\u202eabc"])
def test_hostile_text_stays_on_one_line(hostile: str) -> None:
    record = logging.LogRecord("portal", logging.INFO, "x.py", 1, "recebido %s", (hostile,), None)

    line = OneLine().format(record)

    assert line.isprintable()
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize("credential", ["", "x", "{}", "[]", "null", "1", '{"id": 1}', '{"id": "\\u0000"}', "{" * 5000])
def test_forged_passkeys_are_refused_without_failing(client: Client, db: None, credential: str) -> None:
    client.get("/conta/seguranca/chaves/entrar/")

    response = client.post("/conta/seguranca/chaves/entrar/", {"credential": credential})

    assert response.status_code in (200, 302)
    assert client.get("/trilha/").status_code == 302


@pytest.mark.parametrize(
    "login",
    [
        "\0",
        "ana\0",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "a" * 5000,
        "'; --",
        "{0.__class__}",
        "ﬀ@ﬀ",
    ],
)
def test_hostile_user_names_are_refused_without_failing(client: Client, db: None, login: str) -> None:
    response = sign_in(client, login, "x" * 5000)

    assert response.status_code == 200


@pytest.mark.parametrize(
    "credential", ["x", "[]", '{"id": 1}', '{"id": "a", "rawId": "a", "response": {}, "type": "x"}']
)
def test_forged_new_passkeys_are_refused_without_failing(client: Client, ana: Usuario, credential: str) -> None:
    sign_in(client, "ana")
    client.post("/conta/confirmar/", {"password": PESSOAL})
    client.get("/conta/seguranca/chaves/incluir/")

    response = client.post("/conta/seguranca/chaves/incluir/", {"credential": credential, "name": "n"})

    assert response.status_code == 200
    assert not Authenticator.objects.exists()
