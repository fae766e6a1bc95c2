"""What every PDF of the portal shares: styles, numbered pages, and text that cannot be mistaken for markup."""

from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

AUTOR = "CCEE · Plataforma de Integração"
MARCA, TINTA, LINHA = HexColor("#0b4a5e"), HexColor("#16262c"), HexColor("#cdd9dd")
BASE = ParagraphStyle("base", fontName="Helvetica", fontSize=8.5, leading=11, textColor=TINTA, splitLongWords=True)
ROTULO = ParagraphStyle("rotulo", BASE, fontName="Helvetica-Bold")
TITULO = ParagraphStyle("titulo", BASE, fontName="Helvetica-Bold", fontSize=15, leading=19, textColor=MARCA)
SECAO = ParagraphStyle(
    "secao", BASE, fontName="Helvetica-Bold", fontSize=10, leading=14, alignment=TA_LEFT, keepWithNext=1
)
MARGEM = 18 * mm
MARCA_SANDBOX = "SANDBOX — ambiente de testes: este documento não tem valor"
RECUO = 6  # points that reportlab's frames leave free on each side
LARGURA = A4[0] - 2 * (MARGEM + RECUO)


class Paginado(Canvas):  # type: ignore[misc]  # reportlab has no types
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
            self.drawString(MARGEM + RECUO, 10 * mm, self.rodape)
            if settings.SANDBOX:
                self.setFont("Helvetica-Bold", 9)
                self.drawCentredString(A4[0] / 2, A4[1] - 9 * mm, MARCA_SANDBOX)
                self.setFont("Helvetica", 7)
            self.drawRightString(A4[0] - MARGEM - RECUO, 10 * mm, f"Página {number} de {len(self.paginas)}")
            super().showPage()
        super().save()


def fields(values: dict[str, str]) -> Table:
    """Name and value side by side; those without a value are left out."""
    rows = [
        [Paragraph(markup(name), ROTULO), Paragraph(markup(value), BASE)] for name, value in values.items() if value
    ]
    table = Table(rows or [["", ""]], colWidths=[38 * mm, LARGURA - 38 * mm], hAlign="LEFT")
    lines = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINHA),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
    table.setStyle(lines)
    return table


def markup(text: str) -> str:
    """A Paragraph reads tags: those of other people are text."""
    return escape(latin(text))


def latin(text: str) -> str:
    """The fonts that every reader has know the letters of Portuguese; others are shown by their number."""
    return "".join(c if c.encode("cp1252", "ignore") else f"\\u{ord(c):04x}" for c in text)
