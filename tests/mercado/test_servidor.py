"""The real thing: `PERFIL=ote manage.py portal` on its own SQLite, walked over HTTP in three languages."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from portal.checks import SENHA_DE_DEMONSTRACAO
from tests.comandos.processos import alive, family_of
from tests.servidores import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds, on a busy machine
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
LIMITE = "limite-do-formulario"


class Visita:
    """A browser without a window, in one language."""

    def __init__(self, base: str, language: str = "cs") -> None:
        self.base, self.language = base, language
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def ask(
        self, path: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded"
    ) -> tuple[int, str]:
        headers = {"Accept-Language": self.language, "Content-Type": kind}
        try:
            with self.opener.open(Request(self.base + path, body, headers), timeout=60) as answer:  # noqa: S310 - loopback
                return answer.status, answer.read().decode(errors="replace")
        except HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode(errors="replace")

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        return self.ask(path, urlencode({"csrfmiddlewaretoken": self.token(path), **fields}).encode())

    def upload(self, path: str, file: Path) -> tuple[int, str]:
        parts = {
            "csrfmiddlewaretoken": self.token(path).encode(),
            f'assinatura"; filename="{file.name}': file.read_bytes(),
        }
        body = b"".join(
            b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (LIMITE.encode(), name.encode(), value)
            for name, value in parts.items()
        )
        return self.ask(path, body + f"--{LIMITE}--\r\n".encode(), f"multipart/form-data; boundary={LIMITE}")

    def token(self, path: str) -> str:
        _, page = self.ask(path)
        return str(TOKEN.findall(page)[-1])

    def sign_in(self, username: str) -> "Visita":
        self.send("/entrar/", login=username, password=SENHA_DE_DEMONSTRACAO)
        return self


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ote")


@pytest.fixture(scope="module")
def base(var: Path) -> Iterator[str]:
    port, log = free_port(), var / "log"
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "portal"],
            env={**env, "PERFIL": "ote", "PORTAL_VAR": str(var), "PORTA": str(port)},
            cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        end = time.monotonic() + PATIENCE
        while "Ctrl-C encerra." not in log.read_text():
            assert process.poll() is None and time.monotonic() < end, log.read_text()  # noqa: PT018 - either ends the wait
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        for pid in alive(family_of(process.pid)):
            os.kill(pid, signal.SIGKILL)
        process.wait()


@pytest.mark.parametrize(
    ("language", "title", "accounts"),
    [
        ("cs", "Certifikáty", "Moje účty"),
        ("en", "Certificates", "My accounts"),
        ("pt-BR", "Certificados", "Minhas contas"),
    ],
)
def test_it_speaks_three_languages(base: str, language: str, title: str, accounts: str) -> None:
    assert f"<h1>{title}</h1>" in Visita(base, language).ask("/")[1]

    status, page = Visita(base, language).sign_in("jana.spravce").ask("/contas/")

    assert status == http.client.OK
    assert f"<h1>{accounts}</h1>" in page
    assert "Petr Novák" in page


def test_the_administrator_registers_a_pair_and_a_bad_file_is_explained(base: str, var: Path) -> None:
    jana = Visita(base).sign_in("jana.spravce")
    (account,) = re.findall(r'href="/contas/(\d+)/">Eva Svobodová', jana.ask("/contas/")[1])
    url = f"/contas/{account}/registrar/"

    refused = jana.upload(url, var / "demo/cizi-autorita.cer")
    taken = jana.upload(url, var / "demo/platny-podpis.cer")  # as encryption it does not serve
    assert (refused[0], taken[0]) == (422, 422)
    assert "podpis nevede k žádné z povolených" in refused[1]
    assert "použití klíče (key usage) to nedovoluje" in taken[1]


def test_beat_tells_of_a_pair_that_ends_in_twenty_days(base: str) -> None:
    """To its owner and to who administers. Half a minute after the start, by the sweep of the profile's agenda."""
    end, said = time.monotonic() + PATIENCE, list[str]()
    while len(said) < 2:
        assert time.monotonic() < end, Visita(base).ask("/caixa-de-saida/")[1]
        time.sleep(0.5)
        said = re.findall(r"Certifikáty vyprší za [12]\d dní: Petr Novák", Visita(base).ask("/caixa-de-saida/")[1])


def test_what_ccee_has_is_not_there(base: str) -> None:
    for path in ("/contratos/", "/adesao/", "/api/v1/agentes/", "/certificadoras/", "/prazos/", "/api/v1/autorizacao/"):
        assert Visita(base).ask(path)[0] == 404, path


def test_operations_keep_their_lists(base: str) -> None:
    operator = Visita(base).sign_in("operator")

    lists = [f"contas/{name}/" for name in ("autoridadepermitida", "certificadodooperador", "conta", "par", "empresa")]
    rows = [f"{each}1/change/" for each in lists]
    for path in ("", *lists, *rows, f"{lists[0]}add/", f"{lists[1]}add/", "auditoria/evento/"):
        assert operator.ask(f"/admin/{path}")[0] == 200, path
    assert operator.ask("/admin/contratos/contrato/")[0] == 404
    assert operator.ask("/empresas/nova/")[0] == 200


def test_operations_take_an_authority_off_the_list(base: str) -> None:
    operator, page = Visita(base).sign_in("operator"), "/admin/contas/autoridadepermitida/1/change/"
    assert "Autoridade" in operator.ask(page)[1] or "autorit" in operator.ask(page)[1]

    operator.send(page)  # the tick is left out
    assert "AC Demonstracao" not in Visita(base).ask("/autoridades/")[1]
    operator.send(page, ativo="on")
    assert "AC Demonstracao" in Visita(base).ask("/autoridades/")[1]


def test_operations_close_an_account(base: str) -> None:
    operator = Visita(base).sign_in("operator")
    (account,) = re.findall(r'href="/contas/(\d+)/">Eva Svobodová', operator.ask("/contas/")[1])

    page = f"/admin/contas/conta/{account}/change/"

    operator.send(page)  # the tick is left out
    assert "Zrušen" in operator.ask("/contas/")[1]
    operator.send(page, ativa="on")  # the others come to the same server
    assert "Zrušen" not in operator.ask("/contas/")[1]


def test_who_only_reads_changes_nothing(base: str) -> None:
    reader = Visita(base).sign_in("operator.cteni")

    assert reader.ask("/admin/contas/autoridadepermitida/")[0] == 200
    assert reader.ask("/admin/contas/autoridadepermitida/add/")[0] == 403
    assert reader.ask("/empresas/nova/")[0] == 403
