"""Companies as people name them in a form."""

from collections.abc import Mapping

from portal.agentes.models import Agente
from portal.kernel import cnpj
from portal.kernel.errors import refusal
from portal.kernel.text import searchable

ERRO = "Não há agente com a sigla ou o CNPJ “{}”. Confira na lista de agentes da CCEE."


def company(stated: Mapping[str, str], nome: str) -> Agente:
    """By its sigla or CNPJ. Raises DomainError beside that field."""
    text = stated[nome]
    found = Agente.objects.filter(sigla_busca=searchable(text)).first()
    found = found or Agente.objects.filter(cnpj=cnpj.compact(text)).first()
    if found is None:
        raise refusal(nome, ERRO.format(text[:40]))
    return found
