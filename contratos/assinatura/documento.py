"""Issues the contract or form that is to be signed: a PDF with its own page for the signatures."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, Spacer, Table

from contratos.assinatura import qr
from contratos.assinatura.folha import build, moment
from portal.kernel.chain_hash import canonical
from portal.kernel.cnpj import mask
from portal.pdf import AUTOR, BASE, LARGURA, LINHA, ROTULO, SECAO, TITULO, fields, markup

TEXTO = ParagraphStyle("texto", BASE, fontSize=9.5, leading=13.5, alignment=TA_JUSTIFY, spaceAfter=2 * mm)
MIUDO = ParagraphStyle("miudo", BASE, fontSize=7, leading=9)
ALTURA_DO_LUGAR = 26 * mm  # room for the stamp that signing programs draw
SELOS = (
    "O selo visível da assinatura digital, quando o programa o desenha, só pode ficar nesta página. Assine este "
    "arquivo com certificado ICP-Brasil, sem o imprimir, editar ou juntar a outros, e envie ao portal o resultado."
)


@dataclass(frozen=True, slots=True)
class Parte:
    """`papel`: what the company is in this document, as “Vendedora”."""

    papel: str
    razao_social: str
    cnpj: str


@dataclass(frozen=True, slots=True)
class Clausula:
    numero: str
    titulo: str
    texto: str


@dataclass(frozen=True, slots=True)
class Lugar:
    """Where one person signs, for whom. The CPF stays out: the document may become public."""

    nome: str
    papel: str
    empresa: str


@dataclass(frozen=True, slots=True)
class Documento:
    """`campos` are shown as a table before the clauses; `verificacao` is the address of the public check, if any."""

    titulo: str
    numero: str
    partes: tuple[Parte, ...]
    lugares: tuple[Lugar, ...]
    emitido_em: datetime
    campos: tuple[tuple[str, str], ...] = ()
    clausulas: tuple[Clausula, ...] = ()
    verificacao: str = ""


def content_digest(documento: Documento) -> str:
    """SHA-256 of what the document says; printed in it. That of the file is the caller's to keep beside the bytes."""
    body = asdict(documento) | {"emitido_em": documento.emitido_em.isoformat()}
    return hashlib.sha256(canonical(body)).hexdigest()


def issue(documento: Documento) -> bytes:
    """The PDF. The signatures have the last page to themselves; `validacao` lets no visible stamp onto the others."""
    digest = content_digest(documento)
    story: list[Flowable] = [*_heading(documento), *_text(documento), PageBreak(), *_signatures(documento, digest)]
    return build(
        story,
        titulo=f"{documento.titulo} nº {documento.numero}",
        assunto=f"sha256 do conteúdo: {digest}",
        rodape=f"Documento emitido pelo portal · nº {documento.numero[:60]} · sha256 do conteúdo {digest[:16]}…",
        instante=documento.emitido_em,
    )


def _heading(documento: Documento) -> list[Flowable]:
    partes = {f"{parte.papel}": f"{parte.razao_social}, CNPJ {mask(parte.cnpj)}" for parte in documento.partes}
    return [
        Paragraph(AUTOR, ROTULO),
        Paragraph(markup(documento.titulo), TITULO),
        Spacer(1, 3 * mm),
        fields({"Número": documento.numero, "Emitido em": moment(documento.emitido_em)}),
        Spacer(1, 3 * mm),
        Paragraph("Partes", SECAO),
        fields(partes),
        Spacer(1, 5 * mm),
    ]


def _text(documento: Documento) -> list[Flowable]:
    story: list[Flowable] = []
    if documento.campos:
        story += [Paragraph("Dados", SECAO), fields(dict(documento.campos)), Spacer(1, 5 * mm)]
    for clausula in documento.clausulas:
        heading = " ".join(part for part in (clausula.numero, clausula.titulo) if part)
        story.append(Paragraph(markup(heading), SECAO))
        story += [Paragraph(markup(paragraph), TEXTO) for paragraph in clausula.texto.split("\n\n")]
    return story


def _signatures(documento: Documento, digest: str) -> list[Flowable]:
    story: list[Flowable] = [
        Paragraph("Assinaturas", TITULO),
        Spacer(1, 2 * mm),
        Paragraph(markup(f"{documento.titulo} nº {documento.numero}"), ROTULO),
        Paragraph(SELOS, BASE),
        Spacer(1, 5 * mm),
        *_places(documento.lugares),
        Spacer(1, 4 * mm),
        Paragraph(markup(f"Documento emitido pelo portal. sha256 do conteúdo: {digest}"), MIUDO),
    ]
    if documento.verificacao:
        story += [
            Spacer(1, 3 * mm),
            qr.drawing(documento.verificacao, 26 * mm),
            Paragraph(markup(f"Confira em {documento.verificacao}"), MIUDO),
        ]
    return story


def _places(lugares: tuple[Lugar, ...]) -> list[Flowable]:
    """Two side by side; an odd one leaves half a row empty."""
    cells = [
        [
            Spacer(1, ALTURA_DO_LUGAR),
            Paragraph(markup(lugar.nome), ROTULO),
            Paragraph(markup(f"{lugar.papel} · {lugar.empresa}"), BASE),
        ]
        for lugar in lugares
    ]
    rows = [[*cells[i : i + 2], *[""] * (2 - len(cells[i : i + 2]))] for i in range(0, len(cells), 2)]
    if not rows:
        return []
    table = Table(rows, colWidths=[LARGURA / 2] * 2, hAlign="LEFT")
    lines: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "BOTTOM")]
    for i in range(len(cells)):
        place = (i % 2, i // 2)
        lines.append(("BOX", place, place, 0.6, LINHA))
    table.setStyle(lines)
    return [table]
