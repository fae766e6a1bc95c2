"""The profile of a market operator: every difference between two markets that the portal knows, as data."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from portal.mercado.texto import Texto


class Quem(StrEnum):
    """Who may register a certificate for an account."""

    ADMINISTRADOR = "administrador"  # of accounts and certificates of that company
    TITULAR = "titular"  # the account's own person, with a certificate in force
    OPERADOR = "operador"  # staff of the market operator, for a company that has none yet


@dataclass(frozen=True, slots=True)
class Registro:
    """The number by which the market knows a company."""

    nome: str
    tamanho: int
    valido: Callable[[str], bool]
    exemplo: str


@dataclass(frozen=True, slots=True)
class Contato:
    """Whom to ask about one subject. `poze`: also for supported sources of energy."""

    assunto: Texto
    emails: tuple[str, ...]
    poze: bool = False


@dataclass(frozen=True, slots=True)
class Contas:
    """Accounts of persons within a company, where the market has them."""

    registro: Registro
    pares: int  # of certificates, per account
    quem: frozenset[Quem]
    rsa_bits: int  # the least that an RSA key may have


@dataclass(frozen=True, slots=True)
class Perfil:
    """`agenda`: names of the beat's entries that run; None: all. `fora_da_administracao`: labels of apps."""

    codigo: str
    operador: str
    produto: str
    idiomas: tuple[tuple[str, str], ...]  # the first is the market's own
    fuso: str
    urls: str
    telefones: tuple[str, ...]
    email: str
    contatos: tuple[Contato, ...] = ()
    templates: str = ""  # folder under portal/mercado/templates, looked into before the others
    na_frente: tuple[str, ...] = ()  # middleware right behind the security headers
    depois_da_sessao: tuple[str, ...] = ()  # middleware that needs the session
    agenda: frozenset[str] | None = None
    fora_da_administracao: frozenset[str] = frozenset()
    demonstracao: str = ""  # module with populate() and accounts()
    contas: Contas | None = None

    @property
    def idioma(self) -> str:
        return self.idiomas[0][0]
