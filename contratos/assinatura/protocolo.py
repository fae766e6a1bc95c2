"""The protocolo de autenticidade: what a third party may know of a signed document, on one page with its number."""

from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from contratos.assinatura import qr
from contratos.assinatura.folha import build, moment
from contratos.assinatura.modelos import Assinatura
from contratos.assinatura.pessoas import hide
from portal.kernel.cnpj import mask
from portal.pdf import AUTOR, BASE, LARGURA, ROTULO, SECAO, TITULO, fields, markup

LEITURA = (
    "Este protocolo atesta que o portal recebeu o documento acima assinado com certificados ICP-Brasil, conferiu que "
    "o conteúdo assinado é o que emitiu e que cada signatário estava designado. Compare o sha256 com o do arquivo que "
    "você tem e o número com o da página de conferência."
)


@dataclass(frozen=True, slots=True)
class Firma:
    """One signature as anybody may see it: no whole CPF, no certificate."""

    nome: str
    cpf: str
    papel: str
    empresa: str
    cnpj: str
    emissor: str
    quando: datetime | None
    recebida_em: datetime
    carimbada: bool = False

    @classmethod
    def of(cls, assinatura: Assinatura, *, papel: str, empresa: str, cnpj: str, recebida_em: datetime) -> "Firma":
        return cls(
            nome=assinatura.nome,
            cpf=hide(assinatura.cpf),
            papel=papel,
            empresa=empresa,
            cnpj=cnpj,
            emissor=assinatura.emissor,
            quando=assinatura.quando,
            recebida_em=recebida_em,
            carimbada=assinatura.carimbada_em is not None,
        )

    def linhas(self) -> dict[str, str]:
        """For the page and for the PDF alike."""
        source = "carimbo do tempo" if self.carimbada else "hora declarada por quem assinou"
        return {
            "Signatário": f"{self.nome}, CPF {self.cpf}",
            "Por": self.empresa + (f", CNPJ {mask(self.cnpj)}" if self.cnpj else "") + f" ({self.papel})",
            "Assinado em": f"{moment(self.quando)}, {source}" if self.quando else "",
            "Recebido em": moment(self.recebida_em),
            "Certificado emitido por": self.emissor,
        }


@dataclass(frozen=True, slots=True)
class Protocolo:
    """`sha256_assinado`: of the file as it came back with its last signature."""

    numero: str
    titulo: str
    documento: str
    emitido_em: datetime
    concluido_em: datetime
    sha256_emitido: str
    sha256_assinado: str
    endereco: str
    firmas: tuple[Firma, ...]

    def linhas(self) -> dict[str, str]:
        return {
            "Protocolo": self.numero,
            "Documento": f"{self.titulo} nº {self.documento}",
            "Emitido em": moment(self.emitido_em),
            "Assinado por todos em": moment(self.concluido_em),
            "SHA-256 do emitido": self.sha256_emitido,
            "SHA-256 do assinado": self.sha256_assinado,
            "Conferência": self.endereco,
        }


def write(protocolo: Protocolo) -> bytes:
    heading = Table(
        [
            [
                [
                    Paragraph(AUTOR, ROTULO),
                    Paragraph("Protocolo de autenticidade", TITULO),
                    Paragraph(markup(protocolo.numero), SECAO),
                ],
                qr.drawing(protocolo.endereco, 32 * mm),
            ]
        ],
        colWidths=[LARGURA - 34 * mm, 34 * mm],
        hAlign="LEFT",
    )
    heading.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)])
    story: list[Flowable] = [heading, fields(protocolo.linhas()), Spacer(1, 5 * mm), Paragraph("Assinaturas", SECAO)]
    story += [KeepTogether([fields(firma.linhas()), Spacer(1, 4 * mm)]) for firma in protocolo.firmas]
    story.append(Paragraph(LEITURA, BASE))
    return build(
        story,
        titulo=f"Protocolo de autenticidade {protocolo.numero}",
        assunto=f"{protocolo.titulo} nº {protocolo.documento}",
        rodape=f"Protocolo de autenticidade {protocolo.numero}",
        instante=protocolo.concluido_em,
    )
