"""The contracts of the demonstration, as data: one in each situation, each with the steps that brought it there."""

from dataclasses import dataclass, field
from decimal import Decimal

from contratos.domain.contrato import Especie, Registro
from contratos.models import TipoDeLeilao

Q, D, CER, CA = Especie.CCEAR_QUANTIDADE, Especie.CCEAR_DISPONIBILIDADE, Especie.CER, Especie.CA
NOVA, EXISTENTE, RESERVA, AJUSTE = TipoDeLeilao
ELABORACAO = ("N1", "M2", "G1", "M3v")
VALIDACAO = ("N1", "M2", "M3v", "G1", "M3c", "G2", "M4")
DISPONIVEL = (
    "N1", "M2", "G1", "M3v", "M3c", "G2", "M4", "G3=sem_inconsistencia", "M5v", "M5c", "G4v=validado", "G4c=validado",
    "M6", "M7", "G5",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Negocio:
    """`ha`: how many days ago the flow was opened; `assinam`: who has signed, "papel" for both on paper."""

    numero: str
    especie: Especie
    tipo: TipoDeLeilao
    usina: str
    mwmed: Decimal
    passos: tuple[str, ...] = ()
    ha: int = 20
    assinam: str = ""
    atos: tuple[str, ...] = ()  # what CCEE did afterwards
    fim: Registro | None = None
    anos: tuple[int, int] = (2, 21)  # first and last year of supply, counted from this one
    pedido: str = ""  # a change that is under way
    publicavel: bool = False
    exigencias: tuple[str, ...] = field(default=())


def _q(numero: str, usina: str, mwmed: str, passos: tuple[str, ...] = (), **kwargs: object) -> Negocio:
    return Negocio(numero, Q, NOVA, usina, Decimal(mwmed), passos, **kwargs)  # type: ignore[arg-type]  # its own fields


def _old(numero: str, usina: str, fim: Registro | None, **kwargs: object) -> Negocio:
    """Of existing energy, registered before it was signed (3.15.1)."""
    values = {"passos": ("E1", "M2", "G1"), "atos": ("validar", "registrar"), "fim": fim} | kwargs
    return Negocio(numero, Q, EXISTENTE, usina, Decimal("12.5"), **values)  # type: ignore[arg-type]  # its own fields


NEGOCIOS = (
    _q("CCEAR-Q-2026.0001", "UFV Sol do Sertão I", "30"),
    _q("CCEAR-Q-2026.0002", "UFV Sol do Sertão II", "28.4", ELABORACAO, ha=9),
    _q("CCEAR-Q-2026.0003", "UFV Sol do Sertão III", "25", VALIDACAO, ha=45),
    _q("CCEAR-Q-2026.0004", "EOL Ventos do Norte I", "41.2", DISPONIVEL, ha=34),
    _q("CCEAR-Q-2026.0005", "EOL Ventos do Norte II", "38.75", DISPONIVEL, ha=30, assinam="v"),
    _q("CCEAR-Q-2026.0006", "PCH Rio Claro", "11.3", DISPONIVEL, ha=32, assinam="vc", publicavel=True),
    _q("CCEAR-Q-2026.0007", "PCH Rio Negro", "9.8", ELABORACAO, ha=60, atos=("desistir",)),
    _q("CCEAR-Q-2026.0008", "UFV Campo Largo", "22", DISPONIVEL, ha=33, assinam="vc", atos=("validar",)),
    _q(
        "CCEAR-Q-2026.0009", "UFV Boa Sorte", "18.6", DISPONIVEL, ha=33, assinam="vc", atos=("validar", "registrar"),
        pedido="alteracao_solicitacao", publicavel=True,
    ),
    Negocio("CCEAR-D-2026.0010", D, NOVA, "UTE Bagaço Verde", Decimal("35"), ELABORACAO, ha=6),
    Negocio("CER-2026.0011", CER, RESERVA, "EOL Reserva do Sul", Decimal("16"), ("N1", "M2", "M3v", "M3c"), ha=15),
    Negocio("CA-2026.0012", CA, AJUSTE, "Carteira", Decimal("50"), ("E1", "M2"), ha=4, anos=(1, 1),
            atos=("validar", "registrar")),
    _old("CCEAR-Q-2024.0013", "UHE Serra Alta", None, ha=12, pedido="aditamento_ato"),
    _old("CCEAR-Q-2024.0014", "UHE Serra Baixa", Registro.SUSPENSO, ha=14),
    _old("CCEAR-Q-2005.0015", "UHE Antiga", Registro.ENCERRADO, ha=30, anos=(-20, -1)),
    _old("CCEAR-Q-2021.0016", "UTE Parada", Registro.CANCELADO, ha=30),
    _old("CCEAR-Q-2022.0017", "UHE Vendida", Registro.DISTRATADO, ha=30),
    Negocio("CCEAR-D-2023.0018", D, EXISTENTE, "UTE Vizinha", Decimal("12.5"), ("E1", "M2", "G1"), ha=70, anos=(-2, 17),
            atos=("validar", "registrar"), fim=Registro.RESCINDIDO),
)  # fmt: skip
EXIGENCIAS = (
    ("Comprovar a constituição da sociedade de propósito específico", "vendedor"),
    ("Recolher a garantia de fiel cumprimento", "vendedor"),
    ("Indicar os signatários e a conta para liquidação", "comprador"),
)
TEXTO = (
    "O VENDEDOR entrega ao COMPRADOR, no centro de gravidade do submercado, a energia contratada, nos montantes e no "
    "período de suprimento deste contrato.\n"
    "O COMPRADOR paga a energia pelo preço do leilão, reajustado a cada ano pelo IPCA.\n"
    "A sazonalização e a modulação seguem as Regras e os Procedimentos de Comercialização.\n"
    "Este texto é o anexo do edital; só a ANEEL autoriza a sua mudança."
)
EVIDENCIA = {
    "parecer": "Dados conferidos com os do leilão; nada a sanear.",
    "informacoes": "Signatários, dados bancários e representantes informados.",
    "garantia": "Apólice 0305-2026",
    "documento": "Minuta no Portal de Assinaturas",
    "tipo_garantia": "Recebíveis em conta vinculada",
    "banco_gestor": "Banco do Brasil S.A.",
    "arquivo": "CCG em PDF no Portal de Assinaturas",
    "ato_tipo": "Resolução Autorizativa",
    "alteracao_tipo": "dados_bancarios",
    "alteracao_texto": "Banco 001, agência 3477-0, conta 12.345-6.",
    "so_tecnica": "não",
}
