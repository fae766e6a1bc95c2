"""QR codes that a strict content policy lets through: shapes in attributes, no style, no script."""

from django.utils.html import format_html
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import black

BORDA = 4  # light modules around it, as the standard asks


def matrix(text: str) -> list[list[bool]]:
    """The dark modules, row by row, with a quarter of the code readable even when dirty or torn."""
    code = QRCode(None, QRErrorCorrectLevel.Q)
    code.addData(text)
    code.make()
    return [[bool(dark) for dark in row] for row in code.modules]


def _runs(text: str) -> tuple[int, list[tuple[int, int, int]]]:
    """The side, and each stretch of dark modules as (x, y, length): a tenth of the shapes."""
    rows, found = matrix(text), []
    for y, row in enumerate(rows, BORDA):
        start = None
        for x, dark in enumerate([*row, False], BORDA):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                found.append((start, y, x - start))
                start = None
    return len(rows) + 2 * BORDA, found


def svg(text: str, *, titulo: str) -> str:
    """To be put into a page as it is. `titulo` is what a screen reader says."""
    side, runs = _runs(text)
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}" viewBox="0 0 {} {}" width="176" '
        'height="176" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/>'
        '<path fill="#000" d="{}"/></svg>',
        titulo,
        side,
        side,
        path,
    )


def drawing(text: str, size: float) -> Drawing:
    """For a PDF, `size` points wide."""
    side, runs = _runs(text)
    module = size / side
    shape = Drawing(size, size)
    for x, y, length in runs:
        top = size - (y + 1) * module
        shape.add(Rect(x * module, top, length * module, module, fillColor=black, strokeColor=None, strokeWidth=0))
    return shape
