"""Gates: what must hold before a step may be taken. Each refusal names its clause and how it becomes possible."""

from collections.abc import Iterable

from contratos.domain.procedimentos import Exigencia
from contratos.services.portoes import (
    assinatura,
    cbr,
    ccer,
    encerramento,
    garantia,
    modulacao,
    proinfa,
    registro,
    sazonalizacao,
)
from contratos.services.portoes.assinatura import guarantee_problem
from contratos.services.portoes.caso import Caso
from portal.kernel.errors import DomainError

__all__ = ["Caso", "PortaoFechado", "guarantee_problem", "missing", "require"]

PORTOES = {
    **assinatura.PORTOES,
    **cbr.PORTOES,
    **ccer.PORTOES,
    **garantia.PORTOES,
    **registro.PORTOES,
    **encerramento.PORTOES,
    **sazonalizacao.PORTOES,
    **modulacao.PORTOES,
    **proinfa.PORTOES,
}


class PortaoFechado(DomainError):
    """`erros` has a message for each thing that is missing."""

    code, title = "exigencia-nao-cumprida", "Ainda falta uma condição para este ato"


def require(exigencias: Iterable[Exigencia], caso: Caso) -> None:
    """Raises PortaoFechado with everything that is missing, not just the first."""
    wanted = tuple(exigencias)
    if faltas := missing(wanted, caso):
        clausulas = sorted({PORTOES[exigencia].clausula for exigencia in wanted})
        raise PortaoFechado(" ".join(faltas), erros={"exigencias": faltas}, clausulas=clausulas)


def missing(exigencias: Iterable[Exigencia], caso: Caso) -> list[str]:
    return [falta for exigencia in exigencias for falta in PORTOES[exigencia].faltas(caso)]
