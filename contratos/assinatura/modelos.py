"""What goes into a validation and what comes out of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Formato(StrEnum):
    PADES = "pades"
    CMS = "cms"


class Codigo(StrEnum):
    """Why something was refused; each has its own words in `mensagens`."""

    ILEGIVEL = "arquivo-ilegivel"
    GRANDE_DEMAIS = "arquivo-grande-demais"
    CIFRADO = "arquivo-cifrado"
    SEM_ASSINATURA = "sem-assinatura"
    DOCUMENTO_ERRADO = "documento-errado"
    ADULTERADO = "adulterado"
    SELO_SOBRE_O_TEXTO = "selo-sobre-o-texto"
    DOCUMENTO_FECHADO = "documento-fechado"
    RAIZ_ESTRANHA = "raiz-estranha"
    VENCIDO = "certificado-vencido"
    REVOGADO = "certificado-revogado"
    USO_INDEVIDO = "certificado-de-outro-uso"
    ALGORITMO_FRACO = "algoritmo-fraco"
    CARIMBO_INVALIDO = "carimbo-invalido"
    HORA_INCOERENTE = "hora-incoerente"
    CPF_AUSENTE = "cpf-ausente"
    PESSOA_ERRADA = "pessoa-errada"
    EMPRESA_ERRADA = "empresa-errada"
    NAO_CONFIRMADA = "assinatura-nao-confirmada"


@dataclass(frozen=True, slots=True)
class Designado:
    """Who may sign: CPF of 11 digits, and the CNPJ of the company when it signs with an e-CNPJ."""

    nome: str
    cpf: str
    cnpj: str | None = None


@dataclass(frozen=True, slots=True)
class Assinatura:
    """A signature that was found good. `impressao` stays the same when others sign after it."""

    designado: Designado
    nome: str
    cpf: str
    cnpj: str | None
    titular: str
    emissor: str
    numero_serie: str
    certificado_sha256: str
    raiz_sha256: str
    valido_de: datetime
    valido_ate: datetime
    declarada_em: datetime | None
    carimbada_em: datetime | None
    verificada_em: datetime
    formato: Formato
    politica: str
    resumo: str
    impressao: str

    @property
    def quando(self) -> datetime | None:
        """The time-stamping authority's word where there is one, else the signer's own."""
        return self.carimbada_em or self.declarada_em


@dataclass(frozen=True, slots=True)
class Recusa:
    """`assinante`: the name in the certificate, or which signature of the file; '' where the file itself is refused."""

    codigo: Codigo
    titulo: str
    encontrado: str
    exigido: str
    como_resolver: str
    assinante: str = ""

    @property
    def texto(self) -> str:
        whose = f"Assinatura de {self.assinante}. " if self.assinante else ""
        return f"{whose}{self.encontrado} {self.exigido} {self.como_resolver}"


@dataclass(frozen=True, slots=True)
class Resultado:
    aceitas: tuple[Assinatura, ...] = ()
    recusas: tuple[Recusa, ...] = ()
    evidence: dict[str, Any] = field(default_factory=dict)

    @property
    def aceito(self) -> bool:
        """The file may be kept as signed: something is signed, and nothing in it is wrong."""
        return bool(self.aceitas) and not self.recusas
