"""Who and what there is in the demonstration."""

from dataclasses import dataclass

from portal.agentes.grupos import LEITURA, OPERACAO, REGULADOR
from portal.agentes.models import Classe, Papel


@dataclass(frozen=True, slots=True)
class Conta:
    username: str
    nome: str
    descricao: str
    grupo: str = ""
    papel: Papel | None = None
    telefone: str = ""


@dataclass(frozen=True, slots=True)
class Empresa:
    """`certificados`: host and days left of each one in service; none: the adesão was not made yet."""

    cnpj: str
    sigla: str
    razao_social: str
    classe: Classe
    certificados: tuple[tuple[str, int], ...] = ()
    telefone: str = ""


CONTAS = (
    Conta(
        "ana.ccee",
        "Ana Ribeiro",
        "representante CCEE de três agentes",
        papel=Papel.REPRESENTANTE_CCEE,
        telefone="(11) 5555-0101",
    ),
    Conta(
        "bruno.legal",
        "Bruno Tavares",
        "representante legal dos mesmos",
        papel=Papel.REPRESENTANTE_LEGAL,
        telefone="(11) 5555-0102",
    ),
    Conta("carla.contabil", "Carla Menezes", "representante contábil dos mesmos", papel=Papel.REPRESENTANTE_CONTABIL),
    Conta(
        "davi.ccee",
        "Davi Nogueira",
        "representante CCEE de outro agente",
        papel=Papel.REPRESENTANTE_CCEE,
        telefone="(19) 5555-0104",
    ),
    Conta(
        "eva.ccee",
        "Eva Prado",
        "representante CCEE da distribuidora, parte compradora dos contratos",
        papel=Papel.REPRESENTANTE_CCEE,
        telefone="(41) 5555-0105",
    ),
    Conta("operacao", "Olga Pires", "operação, na administração", grupo=OPERACAO),
    Conta("operacao.leitura", "Lia Campos", "operação, somente leitura", grupo=LEITURA),
    Conta("aneel", "Regulador", "consulta a todos os agentes", grupo=REGULADOR),
)
EMPRESAS = (
    Empresa(
        "12ABC34501DE35",
        "SERRA AZUL",
        "Serra Azul Geração de Energia S.A.",
        Classe.PRODUTOR_INDEPENDENTE,
        (("api", 290), ("integracao", 335)),
    ),
    Empresa(
        "11222333000181",
        "BOA VISTA",
        "Boa Vista Comercializadora de Energia Ltda.",
        Classe.COMERCIALIZADOR,
        (("api", 12),),
        "(11) 5555-0200",
    ),
    Empresa("33000167000101", "IPE COM", "Ipê Comercialização de Energia Ltda.", Classe.COMERCIALIZADOR),
    Empresa(
        "98765432000198",
        "VALE VERDE",
        "Vale Verde Consumidora de Energia Ltda.",
        Classe.CONSUMIDOR_LIVRE,
        (("api", 200),),
    ),
    Empresa(
        "76543210000198",
        "COSTA SUL",
        "Costa Sul Distribuidora de Energia S.A.",
        Classe.DISTRIBUIDOR,
        telefone="(41) 5555-0300",
    ),
)
DE_OUTROS = {"98765432000198": "davi.ccee", "76543210000198": "eva.ccee"}  # each company with a person of its own


def represents(conta: Conta, empresa: Empresa) -> bool:
    if conta.papel is None:
        return False
    own = DE_OUTROS.get(empresa.cnpj)
    return conta.username == own if own else conta.username not in DE_OUTROS.values()
