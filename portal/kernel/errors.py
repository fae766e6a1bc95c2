"""What a user can be told. Raised beside the rule that was broken, shown by portal.errors in one place."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any


class DomainError(Exception):
    """A refusal in words for the person. `erros` maps a field's name to its messages."""

    status = 422
    code = "pedido-recusado"
    title = "Pedido recusado"

    def __init__(self, detail: str, *, erros: Mapping[str, Sequence[str]] | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.erros = {field: list(messages) for field, messages in (erros or {}).items()}
        self.extra = extra


def refusal(field: str, problem: str) -> DomainError:
    return DomainError(problem, erros={field: [problem]})


def refuse(problems: Mapping[str, str | Sequence[str]]) -> None:
    """Raises DomainError with what is wrong beside each field; nothing where no field has anything."""
    erros = {field: [told] if isinstance(told, str) else list(told) for field, told in problems.items() if told}
    if erros:
        raise DomainError(" ".join(dict.fromkeys(chain.from_iterable(erros.values()))), erros=erros)


class NotFound(DomainError):
    """Also the answer for what the person may not see: the same words, so that nobody can tell which."""

    status, code, title = 404, "nao-encontrado", "Não encontrado"

    def __init__(self, detail: str = "Não encontramos isto entre as empresas que você representa.") -> None:
        super().__init__(detail)


class Forbidden(DomainError):
    status, code, title = 403, "sem-permissao", "Sem permissão"


class Conflict(DomainError):
    """Somebody else was faster. Nothing was changed; trying again is safe."""

    status, code, title = 409, "conflito", "Outra pessoa alterou isto ao mesmo tempo"


class TooLarge(DomainError):
    status, code, title = 413, "arquivo-grande-demais", "Arquivo grande demais"

    def __init__(self) -> None:
        super().__init__(
            "O envio passa de 50 MB e foi interrompido. Um certificado tem cerca de 2 KB: "
            "confira se escolheu o arquivo .cer."
        )


class TooMany(DomainError):
    status, code, title = 429, "muitas-tentativas", "Muitas tentativas"


class Busy(DomainError):
    """More at once than there is room for. Nothing was done; trying again in a moment is the remedy."""

    status, code, title = 503, "servico-ocupado", "Serviço ocupado"
