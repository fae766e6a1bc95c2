"""Each structure rule is shown a text that breaks it: a rule that cannot fail guards nothing."""

from collections.abc import Callable, Iterable

import pytest

from tests.architecture import leitura

Look = Callable[[str], Iterable[str]]
LONG_VIEW = "def page(request):\n    '''Doc.'''\n" + "    x = 1\n" * 16


def foreign_write(source: str) -> Iterable[str]:
    return leitura.writes_on_other_apps(source, app="adesao")


def long_view(source: str) -> Iterable[str]:
    return leitura.long_functions(source, limit=15)


BAD: list[tuple[Look, str]] = [
    (leitura.writes_outside_services, "Agente.objects.create(sigla='X')"),
    (leitura.writes_outside_services, "Agente.objects.filter(pk=1).update(sigla='X')"),
    (leitura.writes_outside_services, "self.agente.save(update_fields=['sigla'])"),
    (leitura.writes_outside_services, "queryset.delete()"),
    (foreign_write, "from certificados.models import Certificado\nCertificado.objects.create()"),
    (foreign_write, "from portal.agentes.models import Agente as A\nA.objects.filter(pk=1).update(x=1)"),
    (long_view, LONG_VIEW),
    (leitura.real_clock, "from django.utils import timezone\nnow = timezone.now()"),
    (leitura.real_clock, "at = models.DateTimeField(default=timezone.now)"),
    (leitura.real_clock, "at = models.DateTimeField(auto_now_add=True)"),
    (leitura.real_clock, "datetime.datetime.now(tz=UTC)"),
    (leitura.real_clock, "date.today()"),
    (leitura.portal_clock, "from portal import clock\nclock.now()"),
    (leitura.portal_clock, "from portal.clock import now"),
    (leitura.unescaped, "from django.utils.safestring import mark_safe"),
    (leitura.unescaped, "safestring.mark_safe(name)"),
    (leitura.template_breaches, "{{ nome|safe }}"),
    (leitura.template_breaches, "{% autoescape off %}"),
    (leitura.template_breaches, '<script src="https://cdn.example/x.js"></script>'),
    (leitura.template_breaches, '<link rel="stylesheet" href="//cdn.example/x.css">'),
    (leitura.template_breaches, "<script>alert(1)</script>"),
    (leitura.template_breaches, "<style>p { color: red }</style>"),
    (leitura.template_breaches, '<p class="x" style="color: red">'),
    (leitura.template_breaches, '<button type="button"\n onclick="go()">'),
    (leitura.template_breaches, '<a href="javascript:go()">'),
    (leitura.stylesheet_breaches, "@import url(https://fonts.example/css);"),
    (leitura.stylesheet_breaches, "p { background: url('//cdn.example/x.png') }"),
]
GOOD: list[tuple[Look, str]] = [
    (leitura.writes_outside_services, "context.update(x=1)\ndigest.update(b'')\nHierarquia.create()"),
    (foreign_write, "from django.contrib.auth.models import Group\nGroup.objects.get_or_create(name='x')"),
    (leitura.writes_outside_services, "from adesao import services\nservices.create(now=now)"),
    (foreign_write, "from adesao.models import Solicitacao\nSolicitacao.objects.create()"),
    (foreign_write, "from certificados.models import Certificado\nCertificado.objects.filter(pk=1).exists()"),
    (long_view, LONG_VIEW.removesuffix("    x = 1\n")),
    (leitura.real_clock, "time.monotonic()\nself.now"),
    (leitura.portal_clock, "from portal.clock import local_date\nlocal_date(at)"),
    (leitura.unescaped, "format_html('<b>{}</b>', name)"),
    (
        leitura.template_breaches,
        '<script src="{% static \'js/portal.js\' %}" defer></script><a href="https://www.gov.br/">gov.br</a>'
        '<div data-one="1" class="safe">{{ nome }}</div>{% if one == 1 %}{% endif %}',
    ),
    (leitura.stylesheet_breaches, "p { background: url(data:image/svg+xml;base64,AA) }"),
]


@pytest.mark.parametrize(("look", "text"), BAD)
def test_a_breach_is_seen(look: Look, text: str) -> None:
    assert list(look(text))


@pytest.mark.parametrize(("look", "text"), GOOD)
def test_what_is_allowed_passes(look: Look, text: str) -> None:
    assert not list(look(text))


def test_every_rule_has_a_breaking_text() -> None:
    assert {look for look, _ in BAD} == {look for look, _ in GOOD}


@pytest.mark.parametrize(
    ("source", "target", "hidden", "breach"),
    [
        ("adesao", "certificados", True, ""),
        ("adesao", "adesao", False, ""),
        ("certificados", "adesao", True, "certificados → adesao não desce"),
        ("adesao", "contratos", True, "adesao → contratos não desce"),
        ("adesao", "certificados", False, "adesao → certificados sem related_name='+'"),
    ],
)
def test_arrows(source: str, target: str, hidden: bool, breach: str) -> None:
    layers = [{"adesao", "contratos"}, {"certificados"}]

    assert leitura.arrow_breach(source, target, hidden=hidden, layers=layers) == breach
