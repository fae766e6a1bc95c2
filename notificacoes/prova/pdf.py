"""The proof as pages of A4, to be printed or filed."""

import io
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from notificacoes.prova.campos import checked_against, of_certificate, of_line
from notificacoes.selectors.prova import Linha, Prova

MARCA, TINTA, LINHA = HexColor("#0b4a5e"), HexColor("#16262c"), HexColor("#cdd9dd")
BASE = ParagraphStyle("base", fontName="Helvetica", fontSize=8.5, leading=11, textColor=TINTA, splitLongWords=True)
ROTULO = ParagraphStyle("rotulo", BASE, fontName="Helvetica-Bold")
TITULO = ParagraphStyle("titulo", BASE, fontName="Helvetica-Bold", fontSize=15, leading=19, textColor=MARCA)
SECAO = ParagraphStyle("secao", BASE, fontName="Helvetica-Bold", fontSize=10, leading=14, alignment=TA_LEFT)
MARGEM = 18 * mm


class _Paginado(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Canvas that knows, at the end, how many pages there are."""

    def __init__(self, *args: Any, rodape: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rodape = rodape
        self.paginas: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self.paginas.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, pagina in enumerate(self.paginas, 1):
            self.__dict__.update(pagina)
            self.setFont("Helvetica", 7)
            self.drawString(MARGEM, 10 * mm, self.rodape)
            self.drawRightString(A4[0] - MARGEM, 10 * mm, f"Página {number} de {len(self.paginas)}")
            super().showPage()
        super().save()


def write(prova: Prova, *, compress: bool = True) -> bytes:
    sigla = _latin(prova.certificado.agente.sigla)
    title = f"Avisos do certificado {_latin(prova.certificado.nome_arquivo)}"
    story: list[Flowable] = [
        Paragraph("CCEE · Plataforma de Integração", ROTULO),
        Paragraph("Avisos de vencimento por e-mail", TITULO),
        Spacer(1, 3 * mm),
        _fields(of_certificate(prova)),
        Spacer(1, 4 * mm),
        *(_notice(linha) for linha in prova.linhas),
    ]
    if not prova.linhas:
        story.append(Paragraph("Nenhum aviso foi planejado nem está previsto para este certificado.", BASE))
    story += [Spacer(1, 4 * mm), Paragraph(_markup(checked_against(prova)), BASE)]
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target, pagesize=A4, leftMargin=MARGEM, rightMargin=MARGEM, topMargin=16 * mm, bottomMargin=18 * mm,
        title=title, author="CCEE · Plataforma de Integração", lang="pt-BR", pageCompression=int(compress),
    )  # fmt: skip
    document.build(story, canvasmaker=partial(_Paginado, rodape=f"{sigla} · {title}"[:110]))
    return target.getvalue()


def _notice(linha: Linha) -> Flowable:
    fields = of_line(linha)
    name, when = fields.pop("Destinatário"), fields.pop("Previsto para")
    heading = f"{fields.pop('Aviso')} ({when}) · {name}: {fields.pop('Estado')}"
    return KeepTogether([Paragraph(_markup(heading), SECAO), _fields(fields), Spacer(1, 4 * mm)])


def _fields(fields: dict[str, str]) -> Table:
    rows = [
        [Paragraph(_markup(name), ROTULO), Paragraph(_markup(value), BASE)] for name, value in fields.items() if value
    ]
    table = Table(rows or [["", ""]], colWidths=[38 * mm, A4[0] - 2 * MARGEM - 38 * mm], hAlign="LEFT")
    lines = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINHA),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
    table.setStyle(TableStyle(lines))
    return table


def _markup(text: str) -> str:
    """A Paragraph reads tags: those of other people are text."""
    return escape(_latin(text))


def _latin(text: str) -> str:
    """The fonts that every reader has know the letters of Portuguese; others are shown by their number."""
    return "".join(c if c.encode("cp1252", "ignore") else f"\\u{ord(c):04x}" for c in text)
