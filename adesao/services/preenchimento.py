"""One form sent by a person: stage all that came in it, and maybe conclude."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from adesao.models import Solicitacao
from adesao.services import rascunho
from adesao.services.conclusao import conclude, concluded
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.kernel.errors import Conflict


@dataclass(frozen=True, slots=True)
class Envio:
    """What was typed and chosen. `manter_senha`: the person answered "Não" to changing the password."""

    senha: str = ""
    manter_senha: bool = False
    excluir: Iterable[int] = ()
    arquivos: Sequence[tuple[str, bytes]] = ()
    erros: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preenchimento:
    """The draft after the form; `erros` by field, `avisos` that refuse nothing."""

    draft: Solicitacao
    erros: dict[str, list[str]]
    avisos: tuple[str, ...]


def fill(agente: Agente, envio: Envio, *, ator: Ator, now: datetime) -> Preenchimento:
    """Stage everything; what is refused is told and keeps nothing else from being staged."""
    return _fill(rascunho.open_request(agente, ator=ator, now=now), envio, ator=ator, now=now)


def fill_and_conclude(agente: Agente, envio: Envio, *, ator: Ator, now: datetime) -> Solicitacao:
    """Raises like conclude(), with everything that is wrong at once. A double click gives one request."""
    draft = rascunho.open_request(agente, ator=ator, now=now)
    try:
        return conclude(draft, ator=ator, now=now, erros=_fill(draft, envio, ator=ator, now=now).erros)
    except Conflict:
        if done := concluded(draft):
            return done
        raise


def _fill(draft: Solicitacao, envio: Envio, *, ator: Ator, now: datetime) -> Preenchimento:
    erros = {name: list(messages) for name, messages in envio.erros.items()}
    if "excluir" not in erros:
        rascunho.stage_exclusions(draft, envio.excluir, now=now)
    if refused := _attach_all(draft, envio.arquivos, ator=ator, now=now):
        erros["certificados"] = refused
    avisos = _fill_senha(draft, envio, erros)
    return Preenchimento(draft, erros, avisos)


def _fill_senha(draft: Solicitacao, envio: Envio, erros: dict[str, list[str]]) -> tuple[str, ...]:
    if envio.manter_senha:
        rascunho.unstage_senha(draft)
    elif envio.senha:
        try:
            return rascunho.stage_senha(draft, envio.senha)
        except rascunho.SenhaRecusada as refusal:
            erros["senha"] = refusal.erros["senha"]
    return ()


def _attach_all(draft: Solicitacao, arquivos: Sequence[tuple[str, bytes]], *, ator: Ator, now: datetime) -> list[str]:
    """What could not even be staged, in words; a file that breaks rules is staged with its report."""
    refused = []
    for nome, data in arquivos:
        try:
            rascunho.attach(draft, nome=nome, data=data, ator=ator, now=now)
        except rascunho.ArquivosDemais as error:
            refused.append(error.detail)
    return refused
