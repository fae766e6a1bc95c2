"""The demonstration of PERFIL=ote: one company, who administers it, an owner, and files to try."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from portal.agentes import services as agentes
from portal.agentes.grupos import LEITURA, OPERACAO
from portal.agentes.models import Usuario
from portal.checks import SENHA_DE_DEMONSTRACAO
from portal.contas import services
from portal.contas.models import AutoridadePermitida, CertificadoDoOperador, Conta, Empresa
from portal.contas.pedidos import Arquivos, Pessoa
from portal.demo import guarda
from portal.demo.hierarquia import Hierarquia
from portal.icp.domain.trust import fingerprint

BY = "ukázka"
ICO, EMPRESA = "10000003", "Severní energie, a.s."
SITE = "https://autorita.example/"
PASTA = "demo"  # under PORTAL_VAR
EKU = (ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION)
ASSINA = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
CIFRA = x509.KeyUsage(False, False, True, False, False, False, False, False, False)


@dataclass(frozen=True, slots=True)
class ContaDaDemonstracao:
    username: str
    nome: str
    descricao: str
    grupo: str = ""

    @property
    def email(self) -> str:
        return f"{self.username}@demonstracao.test"


OPERATOR, JANA, PETR, EVA, CTENAR = CONTAS = (
    ContaDaDemonstracao("operator", "Ota Operátor", "pracovník operátora trhu: nová společnost, správa", OPERACAO),
    ContaDaDemonstracao("jana.spravce", "Jana Dvořáková", "osoba pověřená ke správě účtů a certifikátů"),
    ContaDaDemonstracao("petr.majitel", "Petr Novák", "vlastník účtu s platným certifikátem"),
    ContaDaDemonstracao("eva.bez", "Eva Svobodová", "vlastnice účtu bez certifikátu"),
    ContaDaDemonstracao("operator.cteni", "Olga Čtenářová", "pracovnice operátora trhu, jen čtení", LEITURA),
)


def populate(var: Path, *, now: datetime) -> None:
    """Safe to run again: what is there is kept."""
    hierarquia = guarda.load_or_create(var / guarda.PASTA, now=now)
    _publish(hierarquia, now=now)
    operador, _ = (_staff(conta, now=now) for conta in (OPERATOR, CTENAR))
    _write(var / PASTA, hierarquia, now=now)
    if not Empresa.objects.filter(registro=ICO).exists():
        _open(hierarquia, operador, now=now)


def _publish(hierarquia: Hierarquia, *, now: datetime) -> None:
    if not AutoridadePermitida.objects.filter(sha256=fingerprint(hierarquia.ac.cert)).exists():
        services.include_authority(hierarquia.ac.der, site=SITE, by=BY, now=now)
    if not CertificadoDoOperador.objects.exists():
        for host, uso in (("komunikace.ote.example", "TLS"), ("podpis.ote.example", "S/MIME")):
            services.include_own(hierarquia.issue(nome="OTE", host=host).der, uso=uso, by=BY, now=now)


def _staff(conta: ContaDaDemonstracao, *, now: datetime) -> Usuario:
    found = Usuario.objects.filter(username=conta.username).first()
    if found is None:
        found = Usuario(username=conta.username, nome=conta.nome, email=conta.email, is_staff=True)
        agentes.save_usuario(found, by=BY, now=now)
        agentes.set_personal_password(found, SENHA_DE_DEMONSTRACAO, now=now)
        agentes.set_groups(found, [conta.grupo], by=BY, now=now)
    return found


def _open(hierarquia: Hierarquia, operador: Usuario, *, now: datetime) -> None:
    """As these people would have done, today."""
    first = _pair(hierarquia, JANA, left=300, now=now)
    typed: dict[str, Any] = {"registro": ICO, "nome": EMPRESA, "produtor": False, "pessoa": _typed(JANA)}
    de_jana = services.open_company(**typed, arquivos=first, por=operador, now=now)
    jana = de_jana.usuario
    de_petr, _ = (_account(de_jana.empresa, conta, jana, now=now) for conta in (PETR, EVA))
    for left in (20, 340):
        services.register_pair(de_petr, _pair(hierarquia, PETR, left=left, now=now), por=jana, now=now)
    for username in (JANA.username, PETR.username, EVA.username):
        agentes.set_personal_password(Usuario.objects.get(username=username), SENHA_DE_DEMONSTRACAO, now=now)


def _typed(conta: ContaDaDemonstracao) -> Pessoa:
    return Pessoa(conta.username, conta.nome, conta.email)


def _account(empresa: Empresa, conta: ContaDaDemonstracao, jana: Usuario, *, now: datetime) -> Conta:
    return services.open_account(empresa, _typed(conta), administra=False, por=jana, now=now)


def _pair(hierarquia: Hierarquia, conta: ContaDaDemonstracao, *, left: int, now: datetime) -> Arquivos:
    """A signing and an encryption certificate, with that many days left of a year."""
    signs, encrypts = (_issue(hierarquia, conta, usage, left=left, now=now) for usage in (ASSINA, CIFRA))
    return Arquivos((f"{conta.username}-podpis.cer", signs), (f"{conta.username}-sifra.cer", encrypts))


def _issue(
    hierarquia: Hierarquia, conta: ContaDaDemonstracao, usage: x509.KeyUsage, *, left: int, now: datetime
) -> bytes:
    subject = ((NameOID.COUNTRY_NAME, "CZ"), (NameOID.ORGANIZATION_NAME, EMPRESA), (NameOID.COMMON_NAME, conta.nome))
    start = now - timedelta(days=365 - left)
    return hierarquia.issue(
        host=f"{conta.username}-{left}", subject=subject, eku=EKU, key_usage=usage, not_before=start
    ).der


def _write(folder: Path, hierarquia: Hierarquia, *, now: datetime) -> None:
    """A pair to register, and files that the rules refuse."""
    folder.mkdir(parents=True, exist_ok=True)
    strangers = Hierarquia.create(at=now, nome="cizí")
    files = {
        "platny-podpis.cer": _issue(hierarquia, EVA, ASSINA, left=350, now=now),
        "platny-sifra.cer": _issue(hierarquia, EVA, CIFRA, left=350, now=now),
        "prosly.cer": _issue(hierarquia, EVA, ASSINA, left=-3, now=now),
        "cizi-autorita.cer": _issue(strangers, EVA, ASSINA, left=350, now=now),
    }
    for name, der in files.items():
        if not (folder / name).exists():
            (folder / name).write_bytes(der)
