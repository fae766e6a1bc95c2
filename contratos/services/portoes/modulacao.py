"""Gates in front of the modulation of a month."""

from collections.abc import Iterator, Mapping

from contratos import modulacao
from contratos.domain.modulacao import SEM_POTENCIA
from contratos.domain.periodos import DIA
from contratos.domain.procedimentos import Exigencia
from contratos.models import Anuncio
from contratos.services.portoes.caso import Caso, Portao


def _janela(caso: Caso) -> Iterator[str]:
    """From the first day of the period that was announced to the flow's own last one."""
    ate, mes = caso.anchor("CAL:modulacao_ca"), caso.anchor("MS")
    if ate is None or mes is None:
        return
    if caso.hoje > ate:
        yield (
            f"Cláusula 3.60: o prazo para modular {mes:%m/%Y} terminou em {ate:%d/%m/%Y}. O que não foi informado e "
            "validado até então o portal modula flat (cláusula 3.61)."
        )
    anuncio = modulacao.announced(Anuncio.Codigo.MODULACAO_CA, caso.contrato, mes)
    if anuncio is not None and caso.hoje < anuncio.de:
        yield (
            f"Cláusula 3.60: o período anunciado pela CCEE para modular {mes:%m/%Y} vai de {anuncio.de:%d/%m/%Y} a "
            f"{ate:%d/%m/%Y}. O ato é possível a partir de {anuncio.de:%d/%m/%Y}."
        )


def _potencia(caso: Caso) -> Iterator[str]:
    if modulacao.power(caso.contrato) is None:
        yield SEM_POTENCIA


def _pmo(caso: Caso) -> Iterator[str]:
    pmo, pld, mes = caso.anchor("CAL:pmo"), caso.anchor("CAL:pld"), caso.anchor("MS")
    if pmo is not None and mes is not None and caso.hoje >= pmo:
        flat = f", em {pld:%d/%m/%Y}," if pld else ""
        yield (
            f"Cláusula 3.78.1: a modulação de {mes:%m/%Y} se inseria e validava antes do PMO, até "
            f"{pmo - DIA:%d/%m/%Y}. Com a divulgação do PLD{flat} o portal modula o mês flat (cláusula 3.78.2)."
        )


def _pld(caso: Caso) -> Iterator[str]:
    pld = caso.anchor("CAL:pld")
    if pld is not None and caso.hoje < pld:
        yield (
            f"Cláusula 3.78.2: a modulação flat se faz com a divulgação do PLD, em {pld:%d/%m/%Y}. Nesse dia o portal "
            "a faz sozinho."
        )


PORTOES: Mapping[Exigencia, Portao] = {
    Exigencia.JANELA_DE_MODULACAO: Portao("3.60", _janela),
    Exigencia.POTENCIA_INFORMADA: Portao("3.62", _potencia),
    Exigencia.ANTES_DO_PMO: Portao("3.78.1", _pmo),
    Exigencia.DIA_DO_PLD: Portao("3.78.2", _pld),
}
