"""The acts on accounts of the second market, for atos.py; each as that market's profile lets it happen."""

from collections.abc import Callable
from functools import partial, wraps
from itertools import count
from typing import Any

from django.test import override_settings

from portal import clock
from portal.agentes.models import Usuario
from portal.contas import services
from portal.contas.models import AutoridadePermitida, Conta
from portal.contas.pedidos import Arquivos
from portal.demo.hierarquia import Hierarquia
from portal.mercado.perfis.ote import OTE
from tests import factories
from tests.mercado.cena import company, issue, pessoa

Act = Callable[[], object]
NOW = clock.now()
_numbers = count(1)
ICOS = ("10000038", "10000046", "10000054", "10000062", "10000071", "10000089")


def _in_ote(ready: Callable[[Any], Act]) -> Callable[[Any], Act]:
    """Made ready, and done, under PERFIL=ote."""

    @wraps(ready)
    def wrapped(c: Any) -> Act:
        with override_settings(MERCADO=OTE):
            done = ready(c)
        return override_settings(MERCADO=OTE)(done)

    return wrapped


def _files(c: Any) -> Arquivos:
    host = f"par-{next(_numbers)}"
    return Arquivos((f"{host}.cer", issue(c.hierarquia, host, now=NOW)))


def _operador(c: Any) -> Usuario:
    """With the list of authorities that every registration needs."""
    if not AutoridadePermitida.objects.exists():
        services.include_authority(c.hierarquia.ac.der, site="", by=factories.BY, now=NOW)
    known = Usuario.objects.filter(username="op").first()
    return known or factories.create_usuario("op", grupo="Operação", staff=True)


def _conta(c: Any) -> Conta:
    """Of a company of its own, each time."""
    number = next(_numbers)
    return company(c.hierarquia, f"nova-{number}", ICOS[number % len(ICOS)], _operador(c), now=NOW)


def open_company(c: Any) -> Act:
    number = next(_numbers)
    typed: dict[str, Any] = {
        "registro": ICOS[number % len(ICOS)],
        "nome": "Nová",
        "produtor": False,
        "pessoa": pessoa(f"x{number}"),
    }
    return partial(services.open_company, **typed, arquivos=_files(c), por=_operador(c), now=NOW)


def open_account(c: Any) -> Act:
    conta, who = _conta(c), pessoa(f"y{next(_numbers)}")
    return partial(services.open_account, conta.empresa, who, administra=False, por=conta.usuario, now=NOW)


def register_pair(c: Any) -> Act:
    conta = _conta(c)
    return partial(services.register_pair, conta, _files(c), por=conta.usuario, now=NOW)


def refused_pair(c: Any) -> Act:
    conta = _conta(c)
    return partial(services.register_pair, conta, Arquivos(("x.cer", b"x")), por=conta.usuario, now=NOW)


def remove_pair(c: Any) -> Act:
    conta = _conta(c)
    return partial(services.remove_pair, conta.pares.get(), por=conta.usuario, now=NOW)


def change_account(c: Any) -> Act:
    return partial(services.change_account, _conta(c), administra=True, ativa=False, by=factories.BY, now=NOW)


def choose_language(c: Any) -> Act:
    return partial(services.choose_language, _operador(c), ("cs", "en-gb")[next(_numbers) % 2], now=NOW)


def include_authority(c: Any) -> Act:
    other = Hierarquia.create(at=NOW, nome=f"outra-{next(_numbers)}")
    return partial(services.include_authority, other.ac.der, site="", by=factories.BY, now=NOW)


def include_own(c: Any) -> Act:
    return partial(services.include_own, _files(c).assinatura[1], uso="TLS", by=factories.BY, now=NOW)


def set_in_force(c: Any) -> Act:
    _operador(c)
    row = AutoridadePermitida.objects.latest("pk")
    return partial(services.set_in_force, row, ativo=not row.ativo, by=factories.BY, now=NOW)


READY: dict[str, Callable[[Any], Act]] = {
    "open_company": open_company,
    "open_account": open_account,
    "register_pair": register_pair,
    "register_pair refused": refused_pair,
    "remove_pair": remove_pair,
    "change_account": change_account,
    "choose_language": choose_language,
    "include_authority": include_authority,
    "include_own": include_own,
    "set_in_force": set_in_force,
}
ACTS = {name: _in_ote(ready) for name, ready in READY.items()}
