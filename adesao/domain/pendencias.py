"""What a request lacks before it can be concluded, field by field. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SENHA = "Na primeira adesão a senha é obrigatória: 8 números."
CERTIFICADO = "Na primeira adesão é obrigatório enviar ao menos um certificado."
NADA = "Nada foi alterado: informe uma nova senha, envie ou exclua um certificado."


@dataclass(frozen=True, slots=True)
class Preparo:
    """`primeira`: the company has not adhered. `recusados`: why, for each file that does not pass."""

    primeira: bool
    senha: bool
    arquivos: int = 0
    exclusoes: int = 0
    recusados: Sequence[str] = ()


def missing(preparo: Preparo, known: Mapping[str, Sequence[str]] | None = None) -> dict[str, list[str]]:
    """Together with the errors that are `known` already; empty where it can be concluded."""
    erros = {field: list(messages) for field, messages in (known or {}).items()}
    if preparo.primeira and not preparo.senha:
        erros.setdefault("senha", [SENHA])
    if preparo.primeira and not preparo.arquivos:
        erros.setdefault("certificados", []).append(CERTIFICADO)
    if preparo.recusados:
        erros.setdefault("certificados", []).extend(preparo.recusados)
    if not erros and not (preparo.senha or preparo.arquivos or preparo.exclusoes):
        erros["solicitacao"] = [NADA]
    return erros
