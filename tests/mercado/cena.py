"""One company of the Czech market: who administers it, an owner with a certificate, one without; and a stranger."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from django.test import Client

from portal.agentes.models import Usuario
from portal.contas import services
from portal.contas.models import Conta, Empresa, Par
from portal.contas.pedidos import Arquivos, Pessoa
from portal.demo.hierarquia import Hierarquia, pooled_key
from tests import factories

ICO, OUTRO_ICO, NOVO_ICO = "10000003", "10000011", "10000020"
AMBOS = x509.KeyUsage(True, False, True, False, False, False, False, False, False)


@dataclass(frozen=True)
class Cena:
    hierarquia: Hierarquia
    now: datetime
    operador: Usuario
    empresa: Empresa
    jana: Conta  # administers
    petr: Conta  # owner, with a pair in force
    eva: Conta  # owner, without any
    estranho: Conta  # administers another company

    def arquivos(self, host: str = "novo", **other: Any) -> Arquivos:
        return Arquivos((f"{host}.cer", issue(self.hierarquia, host, now=self.now, **other)))

    def register(self, conta: Conta, host: str = "novo", *, por: Usuario | None = None, **other: Any) -> Par:
        author = por or self.jana.usuario
        return services.register_pair(conta, self.arquivos(host, **other), por=author, now=self.now)


def issue(hierarquia: Hierarquia, host: str, *, now: datetime, left: float = 300, **other: Any) -> bytes:
    start = now - timedelta(days=365 - left)
    usual = {"host": host, "key": pooled_key("mercado"), "eku": None, "key_usage": AMBOS, "not_before": start}
    return hierarquia.issue(**{**usual, **other}).der


def build(hierarquia: Hierarquia, *, now: datetime) -> Cena:
    services.include_authority(hierarquia.ac.der, site="https://autorita.example/", by=factories.BY, now=now)
    operador = factories.create_usuario("operador", grupo="Operação", staff=True)
    jana = company(hierarquia, "jana", ICO, operador, now=now)
    petr, eva = (
        services.open_account(jana.empresa, pessoa(name), administra=False, por=jana.usuario, now=now)
        for name in ("petr", "eva")
    )
    cena = Cena(hierarquia, now, operador, jana.empresa, jana, petr, eva, company_of_others(hierarquia, operador, now))
    cena.register(petr, "petr")
    return cena


def company(hierarquia: Hierarquia, name: str, registro: str, operador: Usuario, *, now: datetime) -> Conta:
    return services.open_company(
        registro=registro,
        nome=f"Energie {name}, a.s.",
        produtor=False,
        pessoa=pessoa(name),
        arquivos=Arquivos((f"{name}.cer", issue(hierarquia, name, now=now))),
        por=operador,
        now=now,
    )


def company_of_others(hierarquia: Hierarquia, operador: Usuario, now: datetime) -> Conta:
    return company(hierarquia, "ivan", OUTRO_ICO, operador, now=now)


def pessoa(name: str) -> Pessoa:
    return Pessoa(name, name.title(), f"{name}@exemplo.test")


def browser(usuario: Usuario, language: str = "cs") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(usuario, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
