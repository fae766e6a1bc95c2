"""A report as text for a terminal."""

import shutil
import textwrap

from django.core.management.color import Style

from certificados.domain.report import Relatorio
from portal.kernel.rules import Resultado, Situacao

MARCAS = {
    Situacao.OK: ("SUCCESS", "ok"),
    Situacao.FALHA: ("ERROR", "FALHA"),
    Situacao.AVISO: ("WARNING", "aviso"),
    Situacao.NAO_AVALIADA: ("NOTICE", "não avaliada"),
}


def as_text(report: Relatorio, *, style: Style) -> str:
    """What failed in full, the rest in one line each."""
    paint = style.SUCCESS if report.aceito else style.ERROR
    lines = [paint(report.resumo), *_certificate(report)]
    for resultado in report.verdict.resultados:
        lines += _rule(resultado, style)
    return "\n".join([*lines, ""])


def _certificate(report: Relatorio) -> list[str]:
    facts = report.facts
    if not facts.legivel:
        return [f"  formato {report.formato}; política {report.politica}"]
    return [
        f"  titular  {facts.titular}",
        f"  emissor  {facts.emissor}",
        f"  SHA-256  {facts.sha256}",
        f"  formato {report.formato}; política {report.politica}",
    ]


def _rule(resultado: Resultado, style: Style) -> list[str]:
    role, word = MARCAS[resultado.situacao]
    head = f"  {getattr(style, role)(f'{word:<12}')} {resultado.codigo}: {resultado.encontrado}"
    if resultado.situacao in (Situacao.OK, Situacao.NAO_AVALIADA):
        return [head]
    return [head, *_wrapped("exigido", resultado.exigido), *_wrapped("como resolver", resultado.como_resolver)]


def _wrapped(label: str, text: str) -> list[str]:
    width = max(60, shutil.get_terminal_size().columns - 2)
    indent = " " * 15
    return (
        textwrap.wrap(f"{label}: {text}", width, initial_indent=indent, subsequent_indent=indent + "  ") if text else []
    )
