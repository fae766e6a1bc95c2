"""What a closed activity brings about beside its flow: one module for each instrument, within the closing act."""

from collections.abc import Callable, Mapping

from contratos.domain.procedimentos import Efeito
from contratos.services.efeitos import (
    acordo,
    cancelamento,
    cbr,
    ccer,
    disponibilidade,
    fim_do_cbr,
    garantia,
    modulacao,
    proinfa,
    proinfa_anual,
    sazonalizacao,
    sem_validacao,
    sucessao,
)
from contratos.services.efeitos.feito import Feito

__all__ = ["Feito", "apply"]

EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    **acordo.EFEITOS,
    **cbr.EFEITOS,
    **ccer.EFEITOS,
    **sem_validacao.EFEITOS,
    **fim_do_cbr.EFEITOS,
    **garantia.EFEITOS,
    **cancelamento.EFEITOS,
    **sucessao.EFEITOS,
    **sazonalizacao.EFEITOS,
    **disponibilidade.EFEITOS,
    **proinfa.EFEITOS,
    **proinfa_anual.EFEITOS,
    **modulacao.EFEITOS,
}


def apply(efeito: Efeito | None, feito: Feito) -> None:
    """Raises DomainError where what was stated cannot be: then nothing of the closing remains."""
    if efeito is not None:
        EFEITOS[efeito](feito)
