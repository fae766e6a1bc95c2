"""A real Chromium against the real server. Screenshots go to var/telas, which git ignores."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import Hierarquia
from tests import factories

TELAS = Path(__file__).resolve().parents[2] / "var/telas"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
DESKTOP, PHONE, NARROW = (1280, 900), (390, 844), (360, 740)
Size = tuple[int, int]
FIRST, PATIENCE = 120_000, 15_000  # milliseconds: for the first page of a session, for each thing after it
FIRST_PAGE = "/contratos/regras/"  # of contracts, open to anybody
# Without preload: axe would write style sheets into the page, which the security policy refuses. And of the rules that
# hold it keeps no list of every node: that took longer than looking.
AXE = {"preload": False, "resultTypes": ["violations"]}
REFUSED = "the server responded with a status of 4"  # Chromium reports every 4xx answer, also those on purpose


class Janela:
    """One signed-in window that remembers what went wrong in it."""

    def __init__(self, context: BrowserContext, base: str, *, javascript: bool) -> None:
        self.base, self.page, self.javascript = base, context.new_page(), javascript
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", lambda message: self._console(message.type, message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._request(request.url))

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and REFUSED not in text:
            self.errors.append(text)

    def _request(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:")):
            self.elsewhere.append(url)

    def open(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def says(self, text: str) -> None:
        """Waited for: a click returns when the next page begins, not when it has come."""
        self.page.get_by_text(text).first.wait_for()

    def check(self, name: str, *sizes: Size) -> None:
        """Accessible, within the width, quiet, and nothing fetched from elsewhere; with a picture to look at.

        With sizes, at each of them, the page fetched once.
        """
        self.page.wait_for_load_state()
        for width, height in sizes:
            self.page.set_viewport_size({"width": width, "height": height})
            self._check(name)
        if not sizes:
            self._check(name)
        assert (self.errors, self.elsewhere) == ([], [])

    def _check(self, name: str) -> None:
        TELAS.mkdir(parents=True, exist_ok=True)
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        # caret="initial": hiding it would take an inline style, which the security policy refuses.
        self.page.screenshot(path=TELAS / f"{name}-{width}.png", full_page=True, caret="initial")
        if self.javascript:  # axe waits on timers, which then never fire
            found = self._axe()
            assert not [(v["id"], [node["target"] for node in v["nodes"]]) for v in found], f"{name}, {width}"
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name}: scrolls"

    def _axe(self) -> list[Any]:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        violations: list[Any] = self.page.evaluate("async options => (await axe.run(options)).violations", AXE)
        return violations


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or pytest.skip("falta o programa chromium (./dev test o instala)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def aquecidos() -> set[str]:
    """The servers of this session that have answered a page."""
    return set()


def _warm_up(chromium: Browser, url: str) -> None:
    """The first page of all imports the views, reads the templates and starts Chromium's processes.

    Beside other tests that alone may take longer than any page should, so it has its own patience, once.
    """
    context = chromium.new_context(locale="pt-BR")
    context.set_default_timeout(FIRST)
    answer = context.new_page().goto(f"{url}{FIRST_PAGE}")
    assert answer is not None
    assert answer.ok, answer.text()[:500]
    context.close()


@pytest.fixture
def janela(chromium: Browser, live_server: LiveServer, aquecidos: set[str]) -> Iterator[Callable[..., Janela]]:
    """Opens a window for a person: janela(ana, size=PHONE, javascript=False)."""
    if live_server.url not in aquecidos:
        _warm_up(chromium, live_server.url)
        aquecidos.add(live_server.url)
    contexts: list[BrowserContext] = []

    def opened(usuario: Usuario | None = None, *, size: Size = DESKTOP, javascript: bool = True) -> Janela:
        options: Any = {"viewport": {"width": size[0], "height": size[1]}, "java_script_enabled": javascript}
        # No transitions: a page that was just made narrower would be looked at half-way.
        context = chromium.new_context(locale="pt-BR", reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if usuario is not None:
            context.add_cookies([_session(usuario, live_server.url)])
        return Janela(context, live_server.url, javascript=javascript)

    yield opened
    for context in contexts:
        context.close()


def _session(usuario: Usuario, url: str) -> Any:
    client = Client()
    client.force_login(usuario, backend="allauth.account.auth_backends.AuthenticationBackend")
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture
def cer(confianca: Hierarquia, agente: Agente, now: datetime) -> Callable[..., bytes]:
    def issue(host: str = "api") -> bytes:
        return factories.issue(confianca, agente, host=host, now=now)

    return issue
