"""Gates in front of the signature and of an amendment."""

from collections.abc import Iterator, Mapping
from datetime import date

from contratos.domain.contrato import DE_LEILAO
from contratos.domain.procedimentos import Exigencia
from contratos.models import Garantia, TipoDeLeilao
from contratos.services.portoes.caso import Caso, Portao
from portal.agentes.models import Situacao


def _outorga(caso: Caso) -> Iterator[str]:
    contrato, hoje = caso.contrato, caso.hoje
    if contrato.leilao is None or contrato.leilao.tipo not in (TipoDeLeilao.NOVA, TipoDeLeilao.RESERVA):
        return
    if contrato.outorga is None:
        yield "Cláusula 3.8: a outorga da usina não está registrada. O vendedor deve informar o ato e a publicação."
    elif contrato.outorga.ato.published_on > hoje:
        yield f"Cláusula 3.8: a outorga só será publicada em {contrato.outorga.ato.published_on:%d/%m/%Y}."


def _ativos(caso: Caso) -> Iterator[str]:
    for agente in caso.contrato.partes:
        if agente.situacao != Situacao.ATIVO:
            yield (
                f"Cláusulas 3.8 e 3.94: {agente.sigla} está como “{agente.get_situacao_display()}”. "
                "Só assina quem é agente ativo: é necessária a deliberação favorável à adesão."
            )


def _garantias(caso: Caso) -> Iterator[str]:
    contrato, hoje = caso.contrato, caso.hoje
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


def _edital(caso: Caso) -> Iterator[str]:
    contrato = caso.contrato
    if contrato.leilao is None:
        return
    met = set(contrato.cumprimentos.values_list("exigencia", flat=True))
    for exigencia in contrato.leilao.exigencias.filter(obrigatoria=True):
        if exigencia.pk not in met:
            yield f"Cláusula 3.5: falta “{exigencia.texto}”, que cabe a: {exigencia.get_de_quem_display().lower()}."


def _nao_so_tecnica(caso: Caso) -> Iterator[str]:
    ato = caso.ato
    if ato is not None and ato.so_tecnica:
        yield (
            f"Cláusula 3.92: {ato} altera somente características técnicas; não há aditamento. "
            "A CCEE o registra em “Dispensar aditamento”, e o fluxo se encerra como dispensado."
        )


PORTOES: Mapping[Exigencia, Portao] = {
    Exigencia.OUTORGA: Portao("3.8", _outorga),
    Exigencia.AGENTES_ATIVOS: Portao("3.8", _ativos),
    Exigencia.GARANTIAS: Portao("3.3", _garantias),
    Exigencia.EDITAL: Portao("3.5", _edital),
    Exigencia.NAO_SO_TECNICA: Portao("3.92", _nao_so_tecnica),
}
