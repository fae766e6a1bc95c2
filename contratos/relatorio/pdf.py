"""A report as pages of A4. Its bytes depend on nothing but the report: the same day gives the same file."""

import io
from functools import partial

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, SimpleDocTemplate, Spacer

from contratos.domain.relatorios import Ficha, Relatorio
from portal.pdf import AUTOR, BASE, MARGEM, ROTULO, SECAO, TITULO, Paginado, fields, latin, markup


def write(relatorio: Relatorio, sobre: str, *, rotulo: str = "Leilão") -> bytes:
    """`sobre`: the auction, or what else it is about, as `rotulo` says."""
    title = f"{relatorio.titulo} · {sobre}"
    about = {"Cláusula": f"{relatorio.clausula} do Submódulo 3.2", rotulo: sobre}
    about |= {"Como estava": f"no fim do dia {relatorio.em:%d/%m/%Y}", **dict(relatorio.resumido)}
    story: list[Flowable] = [
        Paragraph(AUTOR, ROTULO),
        Paragraph(markup(relatorio.titulo), TITULO),
        Spacer(1, 3 * mm),
        fields(about),
        Spacer(1, 5 * mm),
    ]
    for ficha in relatorio.fichas:
        story += _entry(ficha)
    if not relatorio.fichas:
        story.append(Paragraph(markup(relatorio.vazio), BASE))
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target, pagesize=A4, leftMargin=MARGEM, rightMargin=MARGEM, topMargin=16 * mm, bottomMargin=18 * mm,
        title=title, author=AUTOR, lang="pt-BR", invariant=1,
    )  # fmt: skip
    foot = latin(f"{title} · {relatorio.em:%d/%m/%Y}")[:110]
    document.build(story, canvasmaker=partial(Paginado, rodape=foot))
    return target.getvalue()


def _entry(ficha: Ficha) -> list[Flowable]:
    heading = Paragraph(markup(f"{ficha.titulo}: {ficha.estado}"), SECAO)
    return [CondPageBreak(30 * mm), heading, fields(dict(ficha.mostrados)), Spacer(1, 4 * mm)]
