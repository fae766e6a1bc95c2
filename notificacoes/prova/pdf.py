"""The proof as pages of A4, to be printed or filed."""

import io
from functools import partial

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer

from notificacoes.prova.campos import checked_against, of_certificate, of_line
from notificacoes.selectors.prova import Linha, Prova
from portal.pdf import AUTOR, BASE, MARGEM, ROTULO, SECAO, TITULO, Paginado, fields, latin, markup


def write(prova: Prova, *, compress: bool = True) -> bytes:
    sigla = latin(prova.certificado.agente.sigla)
    title = f"Avisos do certificado {latin(prova.certificado.nome_arquivo)}"
    story: list[Flowable] = [
        Paragraph(AUTOR, ROTULO),
        Paragraph("Avisos de vencimento por e-mail", TITULO),
        Spacer(1, 3 * mm),
        fields(of_certificate(prova)),
        Spacer(1, 4 * mm),
        *(_notice(linha) for linha in prova.linhas),
    ]
    if not prova.linhas:
        story.append(Paragraph("Nenhum aviso foi planejado nem está previsto para este certificado.", BASE))
    story += [Spacer(1, 4 * mm), Paragraph(markup(checked_against(prova)), BASE)]
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target, pagesize=A4, leftMargin=MARGEM, rightMargin=MARGEM, topMargin=16 * mm, bottomMargin=18 * mm,
        title=title, author=AUTOR, lang="pt-BR", pageCompression=int(compress),
    )  # fmt: skip
    document.build(story, canvasmaker=partial(Paginado, rodape=f"{sigla} · {title}"[:110]))
    return target.getvalue()


def _notice(linha: Linha) -> Flowable:
    values = of_line(linha)
    name, when = values.pop("Destinatário"), values.pop("Previsto para")
    heading = f"{values.pop('Aviso')} ({when}) · {name}: {values.pop('Estado')}"
    return KeepTogether([Paragraph(markup(heading), SECAO), fields(values), Spacer(1, 4 * mm)])
