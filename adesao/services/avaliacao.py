"""The files of one request judged together, as if it were already applied."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from certificados import services as certificados
from certificados.services import Facts, Relatorio
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente

Arquivo = tuple[str, Facts]  # file name, what was read


def judge_all(
    agente: Agente, arquivos: Sequence[Arquivo], *, excluir: Iterable[int], por: Ator | None, now: datetime
) -> list[Relatorio]:
    """One report per file, in order. Each counts the ones before it: of two twins the first passes."""
    reports: list[Relatorio] = []
    accepted: list[Facts] = []
    out = tuple(excluir)
    for nome, facts in arquivos:
        pedido = certificados.Pedido(agente, excluir=out, junto=tuple(accepted), por=por)
        report = certificados.judge(facts, arquivo=nome, now=now, pedido=pedido)
        reports.append(report)
        if report.aceito:
            accepted.append(facts)
    return reports
