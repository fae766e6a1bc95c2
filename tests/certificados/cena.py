"""Companies with certificates in service, old kind and new, and the rule set that tells them apart."""

from datetime import datetime, timedelta
from pathlib import Path

from adesao import services as adesao
from certificados.models import Certificado
from portal.agentes import acesso
from portal.agentes.models import Agente, Usuario
from portal.demo.hierarquia import POLICY, Hierarquia
from tests import factories

EXEMPLO = Path("deploy/politicas/ae-s-ae-h.toml")
AE_S = "2.16.76.1.2.203.1"
NOVA = 'base = "ccee-2022-12"\ncodigo = "nova"\ntitulo = "Regras novas"\n'


def example() -> str:
    return EXEMPLO.read_text()


def toml(desde: datetime, more: str) -> str:
    return f"{NOVA}desde = {desde:%Y-%m-%d}\n{more}\n"


def include(
    agente: Agente,
    ana: Usuario,
    hierarquia: Hierarquia,
    *,
    now: datetime,
    host: str,
    oid: str = POLICY,
    left: float = 300,
) -> Certificado:
    """One more in service, through the same act as people's; `left`: days until it ends."""
    issued = hierarquia.issue(
        cnpj=agente.cnpj,
        nome=agente.razao_social,
        host=f"{host}.{agente.cnpj.lower()}.exemplo.test",
        not_before=now - timedelta(days=365 - left),
        days=365,
        policy=oid,
    )
    senha = "" if Certificado.objects.filter(agente=agente).exists() else factories.SENHA_SISTEMICA
    ator = acesso.of_usuario(ana)
    adesao.submit(agente, senha=senha, arquivos=[(f"{host}.cer", issued.der)], excluir=(), ator=ator, now=now)
    return Certificado.objects.get(agente=agente, nome_arquivo=f"{host}.cer")
