"""Gates in front of the seasonalisation of a year."""

from collections.abc import Iterator, Mapping

from contratos import montantes
from contratos.domain.contrato import Especie
from contratos.domain.procedimentos import Exigencia
from contratos.models import Anuncio
from contratos.services.portoes.caso import Caso, Portao

DEPOIS = {
    Especie.CA: ("3.55", Anuncio.Codigo.SAZO_CA, "flat (cláusula 3.58)"),
    Especie.CCEAR_QUANTIDADE: ("3.48", Anuncio.Codigo.SAZO_CCEAR, "pelo perfil de carga (cláusula 3.49)"),
}


def _janela(caso: Caso) -> Iterator[str]:
    """From the first day of the period that was announced to the flow's own last one."""
    clausula, codigo, depois = DEPOIS[caso.contrato.tipo]
    ate, antes = caso.anchor(f"CAL:{codigo.value}"), caso.anchor("ANO")
    if ate is None or antes is None:
        return
    if caso.hoje > ate:
        yield (
            f"Cláusula {clausula}: o prazo das partes terminou em {ate:%d/%m/%Y}. O que não foi informado e validado "
            f"até então a CCEE sazonaliza {depois}."
        )
    anuncio = montantes.announced(codigo, caso.contrato, antes.year + 1)
    if anuncio is not None and caso.hoje < anuncio.de:
        yield (
            f"Cláusula {clausula}: o período anunciado pela CCEE vai de {anuncio.de:%d/%m/%Y} a {ate:%d/%m/%Y}. "
            f"O ato é possível a partir de {anuncio.de:%d/%m/%Y}."
        )


PORTOES: Mapping[Exigencia, Portao] = {Exigencia.JANELA_DE_SAZONALIZACAO: Portao("3.48", _janela)}
