"""Gates: what must hold before a step may be taken. Each refusal names its clause and how it becomes possible."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime

from contratos.domain.contrato import DE_LEILAO
from contratos.domain.procedimentos import Exigencia
from contratos.models import AtoRegulatorio, Contrato, Garantia, TipoDeLeilao
from portal import clock
from portal.agentes.models import Situacao
from portal.kernel.errors import DomainError


class PortaoFechado(DomainError):
    """`erros` has a message for each thing that is missing."""

    code, title = "exigencia-nao-cumprida", "Ainda falta uma condição para este ato"


def require(
    exigencias: Iterable[Exigencia], contrato: Contrato, *, now: datetime, ato: AtoRegulatorio | None = None
) -> None:
    """Raises PortaoFechado with everything that is missing, not just the first."""
    faltas = missing(exigencias, contrato, now=now, ato=ato)
    if faltas:
        raise PortaoFechado(" ".join(faltas), erros={"exigencias": faltas}, clausulas=_clauses(exigencias))


def missing(
    exigencias: Iterable[Exigencia], contrato: Contrato, *, now: datetime, ato: AtoRegulatorio | None = None
) -> list[str]:
    hoje = clock.local_date(now)
    return [falta for exigencia in exigencias for falta in PORTOES[exigencia](contrato, hoje, ato)]


def _outorga(contrato: Contrato, hoje: date, ato: AtoRegulatorio | None) -> Iterator[str]:
    if contrato.leilao is None or contrato.leilao.tipo not in (TipoDeLeilao.NOVA, TipoDeLeilao.RESERVA):
        return
    if contrato.outorga is None:
        yield "Cláusula 3.8: a outorga da usina não está registrada. O vendedor deve informar o ato e a publicação."
    elif contrato.outorga.ato.published_on > hoje:
        yield f"Cláusula 3.8: a outorga só será publicada em {contrato.outorga.ato.published_on:%d/%m/%Y}."


def _ativos(contrato: Contrato, hoje: date, ato: AtoRegulatorio | None) -> Iterator[str]:
    for agente in contrato.partes:
        if agente.situacao != Situacao.ATIVO:
            yield (
                f"Cláusulas 3.8 e 3.94: {agente.sigla} está como “{agente.get_situacao_display()}”. "
                "Só assina quem é agente ativo: é necessária a deliberação favorável à adesão."
            )


def _garantias(contrato: Contrato, hoje: date, ato: AtoRegulatorio | None) -> Iterator[str]:
    if contrato.tipo not in DE_LEILAO:
        return
    garantias = list(contrato.garantias.all())
    if not garantias:
        yield (
            "Cláusula 3.3: nenhuma garantia está registrada. "
            "Registre a que o edital pede, ou marque-a como não aplicável, com o motivo."
        )
    for garantia in garantias:
        if problem := guarantee_problem(garantia, hoje):
            yield f"Cláusula 3.3: a garantia “{garantia.nome}” {problem}"


def guarantee_problem(garantia: Garantia, hoje: date) -> str:
    """'' where it is valid on that day, or does not apply."""
    if not garantia.aplicavel:
        return ""
    if garantia.vale_ate is None or garantia.presented_at is None:
        return "não foi apresentada. O vendedor deve informar o instrumento e a validade."
    if garantia.vale_ate < hoje:
        return f"venceu em {garantia.vale_ate:%d/%m/%Y}. Apresente a renovação."
    if garantia.vale_de and garantia.vale_de > hoje:
        return f"só vale a partir de {garantia.vale_de:%d/%m/%Y}."
    return ""


def _edital(contrato: Contrato, hoje: date, ato: AtoRegulatorio | None) -> Iterator[str]:
    if contrato.leilao is None:
        return
    met = set(contrato.cumprimentos.values_list("exigencia", flat=True))
    for exigencia in contrato.leilao.exigencias.filter(obrigatoria=True):
        if exigencia.pk not in met:
            yield f"Cláusula 3.5: falta “{exigencia.texto}”, que cabe a: {exigencia.get_de_quem_display().lower()}."


def _nao_so_tecnica(contrato: Contrato, hoje: date, ato: AtoRegulatorio | None) -> Iterator[str]:
    if ato is not None and ato.so_tecnica:
        yield (
            f"Cláusula 3.92: {ato} altera somente características técnicas; não há aditamento. "
            "A CCEE pode encerrar o fluxo como dispensado."
        )


PORTOES: Mapping[Exigencia, Callable[[Contrato, date, AtoRegulatorio | None], Iterator[str]]] = {
    Exigencia.OUTORGA: _outorga,
    Exigencia.AGENTES_ATIVOS: _ativos,
    Exigencia.GARANTIAS: _garantias,
    Exigencia.EDITAL: _edital,
    Exigencia.NAO_SO_TECNICA: _nao_so_tecnica,
}
CLAUSULAS = {
    Exigencia.OUTORGA: "3.8",
    Exigencia.AGENTES_ATIVOS: "3.8",
    Exigencia.GARANTIAS: "3.3",
    Exigencia.EDITAL: "3.5",
    Exigencia.NAO_SO_TECNICA: "3.92",
}


def _clauses(exigencias: Iterable[Exigencia]) -> list[str]:
    return sorted({CLAUSULAS[exigencia] for exigencia in exigencias})
