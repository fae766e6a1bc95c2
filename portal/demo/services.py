"""Fills an empty database with the demonstration, through the same services that people use."""

from datetime import date, datetime, timedelta
from pathlib import Path

from adesao import services as adesao
from certificados.models import Certificado
from portal import clock
from portal.agentes import acesso
from portal.agentes import services as agentes
from portal.agentes.models import Agente, Representacao, Usuario
from portal.calendario import services as calendario
from portal.checks import SENHA_DE_DEMONSTRACAO
from portal.demo import arquivos, cbrs, contratos, guarda
from portal.demo.contas import CONTAS, EMPRESAS, Conta, Empresa, represents
from portal.demo.hierarquia import Hierarquia
from portal.icp import services as icp

BY = "demonstração"
SENHA_SISTEMICA = "48151623"
YEAR = 365  # days a certificate of the demonstration is valid for
DESDE = timedelta(days=400)  # the representations began before any certificate


def populate(var: Path, *, now: datetime) -> None:
    """Safe to run again: what is there is kept, what people did in the demonstration too."""
    calendario.seed(now=now)  # the reference date may be beyond the years that are held
    hierarquia = guarda.load_or_create(var / guarda.PASTA, now=now)
    icp.include(hierarquia.authorities, raiz=True, by=BY, origem=BY, now=now)
    pessoas = [_pessoa(conta, now=now) for conta in CONTAS]
    for empresa in EMPRESAS:
        agente = _agente(empresa, now=now)
        for conta, usuario in zip(CONTAS, pessoas, strict=True):
            if represents(conta, empresa):
                _represent(conta, usuario, agente, desde=clock.local_date(now - DESDE), now=now)
        if empresa.certificados and not Certificado.objects.filter(agente=agente).exists():
            _adhere(empresa, agente, hierarquia, now=now)
    arquivos.write(var / "demo", hierarquia, now=now)
    contratos.populate(var, hierarquia, now=now)
    cbrs.populate(now=now)


def _pessoa(conta: Conta, *, now: datetime) -> Usuario:
    usuario = Usuario.objects.filter(username=conta.username).first()
    if usuario is None:
        email = f"{conta.username}@demonstracao.test"
        usuario = Usuario(username=conta.username, nome=conta.nome, email=email, telefone=conta.telefone)
        usuario.is_staff = conta.username.startswith("operacao")
        agentes.save_usuario(usuario, by=BY, now=now)
        agentes.set_personal_password(usuario, SENHA_DE_DEMONSTRACAO, now=now)
        agentes.set_groups(usuario, [conta.grupo] if conta.grupo else [], by=BY, now=now)
    return usuario


def _agente(empresa: Empresa, *, now: datetime) -> Agente:
    agente = Agente.objects.filter(cnpj=empresa.cnpj).first()
    if agente is None:
        agente = Agente(
            cnpj=empresa.cnpj,
            sigla=empresa.sigla,
            razao_social=empresa.razao_social,
            classe=empresa.classe,
            telefone=empresa.telefone,
        )
        agentes.save_agente(agente, by=BY, now=now)
    return agente


def _represent(conta: Conta, usuario: Usuario, agente: Agente, *, desde: date, now: datetime) -> None:
    if conta.papel and not Representacao.objects.filter(usuario=usuario, agente=agente, papel=conta.papel).exists():
        row = Representacao(usuario=usuario, agente=agente, papel=conta.papel, desde=desde)
        agentes.save_representacao(row, by=BY, now=now)


def _adhere(empresa: Empresa, agente: Agente, hierarquia: Hierarquia, *, now: datetime) -> None:
    """As its representante CCEE would have done, today."""
    username = next(conta.username for conta in CONTAS if represents(conta, empresa))
    ator = acesso.of_usuario(Usuario.objects.get(username=username))
    files = [
        (f"{host}.cer", _certificate(empresa, hierarquia, host, left, now=now)) for host, left in empresa.certificados
    ]
    adesao.submit(agente, senha=SENHA_SISTEMICA, arquivos=files, excluir=(), ator=ator, now=now)


def _certificate(empresa: Empresa, hierarquia: Hierarquia, host: str, left: int, *, now: datetime) -> bytes:
    issued = hierarquia.issue(
        cnpj=empresa.cnpj,
        nome=empresa.razao_social,
        host=arquivos.host_of(empresa, host),
        not_before=now - timedelta(days=YEAR - left),
        days=YEAR,
    )
    return issued.der
