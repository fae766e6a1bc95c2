"""Reading: accounts that a person sees, what is in force, who may enter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet

from portal.agentes.models import ChaveDeMaquina, Escopo, Usuario
from portal.agentes.services import hash_key
from portal.contas.domain.quem import Alvo, Pedinte
from portal.contas.models import AutoridadePermitida, CertificadoDoOperador, Conta, Empresa, IdiomaEscolhido, Par, Parte
from portal.icp.domain.trust import TrustStore
from portal.kernel.errors import NotFound
from portal.mercado.perfil import Contas

REGISTRA = "contas.add_empresa"  # the right of the operator's staff to enter a new company


def regras() -> Contas:
    """What this market says of accounts. Only its pages ask, and they are mounted where there are accounts."""
    contas: Contas | None = settings.MERCADO.contas
    if contas is None:
        raise NotFound
    return contas


def visible(usuario: Usuario) -> QuerySet[Conta]:
    """One's own accounts, and all of a company where one administers them; the operator's staff see every one."""
    rows = Conta.objects.select_related("empresa", "usuario")
    if usuario.has_perm("contas.view_conta"):
        return rows
    mine = Conta.objects.filter(usuario=usuario, ativa=True)
    return rows.filter(Q(pk__in=mine) | Q(empresa__in=mine.filter(administra=True).values("empresa")))


def find(usuario: Usuario, pk: int) -> Conta:
    conta = visible(usuario).filter(pk=pk).first()
    if conta is None:
        raise NotFound
    return conta


def listed(usuario: Usuario, *, now: datetime) -> QuerySet[Conta]:
    """Annotates `em_uso` and `validos`: pairs in service, and those of them in force."""
    held = Q(pares__slot__isnull=False)
    valid = held & Q(pares__valid_from__lte=now, pares__valid_until__gte=now)
    counts = {"em_uso": Count("pares", filter=held), "validos": Count("pares", filter=valid)}
    return visible(usuario).annotate(**counts).order_by("empresa__nome", "-administra", "usuario__nome", "pk")


def pairs(conta: Conta) -> QuerySet[Par]:
    """In service, soonest to end first, each with its two parts but not their bytes."""
    parts = Prefetch("partes", Parte.objects.defer("der").order_by("uso"))
    return conta.pares.filter(slot__isnull=False).order_by("valid_until", "pk").prefetch_related(parts)


def pair(conta: Conta, pk: int) -> Par:
    found = pairs(conta).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def part(conta: Conta, pk: int, uso: str) -> Parte:
    found = Parte.objects.filter(par__conta=conta, par=pk, uso=uso).first()
    if found is None:
        raise NotFound
    return found


def in_force(conta: Conta, *, now: datetime) -> bool:
    return conta.pares.filter(slot__isnull=False, valid_from__lte=now, valid_until__gte=now).exists()


def asks(usuario: Usuario, conta: Conta, *, now: datetime) -> Pedinte:
    """What the person is to that account."""
    own = Conta.objects.filter(usuario=usuario, empresa=conta.empresa_id, ativa=True)
    titular = conta.usuario_id == usuario.pk
    return Pedinte(
        operador=usuario.is_staff and usuario.has_perm(REGISTRA),
        administra=own.filter(administra=True).exists(),
        titular=titular,
        tem_valido=titular and in_force(conta, now=now),
    )


def target(conta: Conta) -> Alvo:
    nova = not Par.objects.filter(conta__empresa=conta.empresa_id).exists()
    return Alvo(nova=nova, produtor=conta.empresa.produtor, ativa=conta.ativa)


def administers(usuario: Usuario, empresa: Empresa) -> bool:
    return Conta.objects.filter(usuario=usuario, empresa=empresa, ativa=True, administra=True).exists()


def in_use(sha256: str, *, but: Par | None) -> bool:
    """A certificate says who somebody is: in service it stands in one pair, whichever use it has there."""
    held = Parte.objects.filter(sha256=sha256, par__slot__isnull=False)
    return held.exclude(par=but).exists() if but else held.exists()


def languages(pessoas: Iterable[int]) -> dict[int, str]:
    """What each of these persons chose, where the market still has it."""
    rows = IdiomaEscolhido.objects.filter(usuario__in=pessoas, codigo__in=dict(settings.LANGUAGES))
    return dict(rows.values_list("usuario_id", "codigo"))


def authorities() -> QuerySet[AutoridadePermitida]:
    return AutoridadePermitida.objects.filter(ativo=True).defer("der")


def operators_own() -> QuerySet[CertificadoDoOperador]:
    return CertificadoDoOperador.objects.filter(ativo=True).defer("der")


def trust() -> TrustStore:
    """The allowed authorities, each of them an anchor: built once per list."""
    return _trust(tuple(authorities().order_by("pk").values_list("sha256", flat=True)))


@lru_cache(maxsize=4)
def _trust(listed: tuple[str, ...]) -> TrustStore:
    rows = AutoridadePermitida.objects.filter(sha256__in=listed).values_list("der", flat=True)
    return TrustStore.build([x509.load_der_x509_certificate(bytes(der)) for der in rows])


def is_gateway(header: str, *, now: datetime) -> bool:
    """The Authorization header of a gateway whose key counts."""
    word, _, key = header.partition(" ")
    rows = ChaveDeMaquina.objects.filter(escopo=Escopo.GATEWAY, revoked_at=None, expires_at__gt=now)
    return word.lower() == "chave" and rows.filter(sha256=hash_key(key.strip())).exists()


@dataclass(frozen=True, slots=True)
class Entrada:
    """Who the holder of that certificate is; `motivo` is empty where they may enter."""

    motivo: str = ""
    usuario: str = ""
    registro: str = ""


def who_enters(sha256: str, *, now: datetime) -> Entrada:
    """Straight from the rows: what was registered or removed a moment ago counts already."""
    rows = Par.objects.select_related("conta__empresa", "conta__usuario").filter(slot__isnull=False)
    par = rows.filter(sha256=sha256.replace(":", "").lower()).first()
    if par is None:
        return Entrada("certificado-desconhecido")
    if not (par.valid_from <= now <= par.valid_until):
        return Entrada("certificado-fora-da-validade")
    if not (par.conta.ativa and par.conta.usuario.is_active):
        return Entrada("conta-desativada")
    return Entrada("", par.conta.usuario.username, par.conta.empresa.registro)
