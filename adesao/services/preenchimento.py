"""One form sent by a person: stage all that came in it, and maybe conclude."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from adesao import selectors
from adesao.models import Solicitacao
from adesao.services import rascunho
from adesao.services.conclusao import conclude, concluded
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.kernel.errors import Conflict

ENCERRADA = "Esta solicitação foi cancelada ou expirou; nada mudou. Confira abaixo e envie de novo o que quiser manter."


@dataclass(frozen=True, slots=True)
class Envio:
    """What was typed and chosen. `manter_senha`: the person answered "Não" to changing the password.

    `solicitacao`: the draft that the form was shown for, or the next number where there was none yet.
    """

    senha: str = ""
    manter_senha: bool = False
    excluir: Iterable[int] = ()
    arquivos: Sequence[tuple[str, bytes]] = ()
    solicitacao: int | None = None
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
    """Raises like conclude(), with everything that is wrong at once. A form sent twice gives one request."""
    if done := _done_before(agente, envio, ator):
        return done
    draft = rascunho.open_request(agente, ator=ator, now=now)
    if done := _done_before(agente, envio, ator):  # concluded since the line above: the draft is a new, empty one
        return done
    try:
        return conclude(draft, ator=ator, now=now, erros=_fill(draft, envio, ator=ator, now=now).erros)
    except Conflict:
        if done := concluded(draft):
            return done
        raise


def _done_before(agente: Agente, envio: Envio, ator: Ator) -> Solicitacao | None:
    """What this form led to already. Raises Conflict where its draft was cancelled or expired."""
    if envio.solicitacao is None or ator.usuario is None:
        return None
    ended = selectors.ended_since(agente, ator.usuario, envio.solicitacao)
    if ended and ended.protocolo is None and ended.pk == envio.solicitacao:
        raise Conflict(ENCERRADA)
    return ended if ended and ended.protocolo else None


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
