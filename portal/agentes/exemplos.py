"""An example of every refusal, for the OpenAPI document: the words are those of the answers themselves."""

from typing import Any

from django.utils.text import slugify

from portal.agentes.idempotencia.services import EM_ANDAMENTO, OUTRO_CORPO, EmAndamento, OutroCorpo
from portal.errors import WORDS, of_domain, problem
from portal.kernel.errors import Conflict, DomainError

_DOMAIN = {
    409: Conflict("Outra pessoa concluiu uma solicitação ao mesmo tempo. Nada foi alterado: recarregue e confira."),
    422: DomainError("Informe este campo.", erros={"mes_inicio": ["Informe este campo."]}),
}


def of_status(status: int) -> dict[str, Any]:
    if status in _DOMAIN:
        return of_domain(_DOMAIN[status])
    title, detail = WORDS[status]
    return problem(status, code=slugify(title), title=title, detail=detail)


EM_ANDAMENTO_EXEMPLO = of_domain(EmAndamento(EM_ANDAMENTO))
OUTRO_CORPO_EXEMPLO = of_domain(OutroCorpo(OUTRO_CORPO))
