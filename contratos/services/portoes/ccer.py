"""The gate in front of a CCER's zero (3.72)."""

from collections.abc import Iterator, Mapping

from contratos.domain.procedimentos import Exigencia
from contratos.models import Ccer, UnidadeConsumidora
from contratos.services.portoes.caso import Caso, Portao

LIVRE = UnidadeConsumidora.Regime.PARCIALMENTE_LIVRE


def _rede_basica(caso: Caso) -> Iterator[str]:
    ccer = Ccer.objects.select_related("unidade").filter(contrato=caso.contrato).first()
    if ccer is None or (ccer.unidade.rede_basica and ccer.unidade.regime == LIVRE):
        return
    unidade = ccer.unidade
    where = "na Rede Básica" if unidade.rede_basica else "fora da Rede Básica"
    yield (
        "Cláusula 3.72: o montante zero é só para consumidor parcialmente livre com unidade na Rede Básica. A unidade "
        f"{unidade.codigo} é de {unidade.get_regime_display().lower()}, {where}. Se o cadastro está errado, peça à "
        "CCEE que o corrija."
    )


PORTOES: Mapping[Exigencia, Portao] = {Exigencia.REDE_BASICA: Portao("3.72", _rede_basica)}
