"""Gates in front of a CCG that takes another's place, and of an amendment that is not needed."""

from collections.abc import Iterator, Mapping

from contratos.domain.procedimentos import Exigencia
from contratos.models import Ccg
from contratos.services.portoes.caso import Caso, Portao


def _em_vigor(caso: Caso) -> Iterator[str]:
    if not caso.contrato.ccgs.filter(situacao=Ccg.Situacao.EM_VIGOR).exists():
        yield (
            "Cláusula 3.98: o contrato não tem CCG em vigor, e só se substitui o que está em vigor. "
            "A substituição será possível depois que o CCG do contrato for assinado por todos."
        )


def _so_tecnica(caso: Caso) -> Iterator[str]:
    if caso.ato is not None and not caso.ato.so_tecnica:
        yield (
            f"Cláusula 3.92: só se dispensa o aditamento do ato que altera somente características técnicas; "
            f"{caso.ato} altera outros dados do contrato. Abra o fluxo “Aditamento por ato regulatório”."
        )


PORTOES: Mapping[Exigencia, Portao] = {
    Exigencia.CCG_EM_VIGOR: Portao("3.98", _em_vigor),
    Exigencia.SO_TECNICA: Portao("3.92", _so_tecnica),
}
