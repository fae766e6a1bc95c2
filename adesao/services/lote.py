"""Many companies with one gesture (docs/decisions/040 and 041): each by itself, and the report kept as it grows."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db import OperationalError, transaction

from adesao.domain.lote import Acao, Linha, Situacao, merge
from adesao.models import Lote, Solicitacao
from adesao.prontas import Candidata
from adesao.services import partilha, rascunho
from adesao.services.conclusao import conclude, concluded
from portal.agentes.acesso import Ator
from portal.kernel.errors import DomainError, Forbidden

DE_UMA_VEZ = 25  # companies in one request of the browser
SUMIU = "A solicitação foi cancelada ou expirou depois de marcada: nada mudou. Abra a empresa e envie de novo."
OCUPADO = "O sistema estava ocupado e nada mudou nesta empresa. Repita só esta."
SO_PESSOAS = "Só uma pessoa age por várias empresas de uma vez: a chave de máquina é de uma só."


def open_batch(linhas: Iterable[Linha], *, ator: Ator, now: datetime) -> Lote:
    """Nothing is done yet: the lines wait for advance()."""
    if ator.usuario is None:
        raise Forbidden(SO_PESSOAS)
    return Lote.objects.create(aberto_por=ator.usuario, opened_at=now, linhas=[linha.to_dict() for linha in linhas])


def share_senha(chosen: Iterable[Candidata], senha: str) -> None:
    """One password for the drafts that lack nothing else. Raises SenhaRecusada, of all, where it will not do for one.

    One hash for all of them: Argon2 is slow on purpose, and who chose one password for many has made them equal.
    """
    wanting = [one for one in chosen if one.so_senha]
    if not wanting:
        return
    senha_hash, _ = rascunho.hash_senha(senha, *(one.agente.cnpj for one in wanting))
    drafts = Solicitacao.objects.filter(pk__in=[one.rascunho for one in wanting], closed_at=None, senha_hash="")
    drafts.update(senha_hash=senha_hash)


def advance(lote: Lote, *, ator: Ator, now: datetime, late: Callable[[], bool]) -> Lote:
    """Some of the lines that wait, each in its own transaction, until it is `late`; one at least.

    Stopped at any moment it can go on: what was done and not yet written here is found done.
    """
    done: dict[int, Linha] = {}
    waiting = [(position, linha) for position, linha in enumerate(lines(lote)) if linha.aguarda]
    for position, linha in waiting[:DE_UMA_VEZ]:
        done[position] = _settle(linha, ator=ator, now=now)
        if late():
            break
    return _keep(lote, done, now=now)


def lines(lote: Lote) -> list[Linha]:
    return [Linha.from_dict(data) for data in lote.linhas]


def _settle(linha: Linha, *, ator: Ator, now: datetime) -> Linha:
    act = {Acao.CONCLUIR: _conclude, Acao.USAR: partilha.use, Acao.REMOVER: partilha.take_out}[linha.acao]
    try:
        return act(linha, ator=ator, now=now)
    except DomainError as refusal:
        return linha.settle(Situacao.RECUSADA, texto=_words(refusal))
    except OperationalError:  # a lock that did not come in time, or the statement's own limit
        return linha.settle(Situacao.RECUSADA, texto=OCUPADO)


def _conclude(linha: Linha, *, ator: Ator, now: datetime) -> Linha:
    draft = Solicitacao.objects.filter(pk=linha.alvo or 0, aberta_por=ator.usuario).select_related("agente").first()
    if draft is None:
        return linha.settle(Situacao.RECUSADA, texto=SUMIU)
    if before := concluded(draft):
        return linha.settle(Situacao.JA_FEITA, protocolo=before.protocolo or "")
    if draft.closed_at is not None:
        return linha.settle(Situacao.RECUSADA, texto=SUMIU)
    return linha.settle(Situacao.FEITA, protocolo=conclude(draft, ator=ator, now=now).protocolo or "")


def _words(refusal: DomainError) -> str:
    """Which rule a certificate breaks, and not only that it breaks some: there is no report on this page."""
    failed: list[Mapping[str, str]] = [
        regra for report in refusal.extra.get("relatorios", ()) for regra in report["regras"]
        if regra["situacao"] == "falha"
    ]  # fmt: skip
    return " ".join([refusal.detail, *(f"{regra['titulo']}: {regra['encontrado']}." for regra in failed)])


def _keep(lote: Lote, done: Mapping[int, Linha], *, now: datetime) -> Lote:
    """Under the row's lock: two windows may be at it."""
    with transaction.atomic():
        row = Lote.objects.select_for_update().get(pk=lote.pk)
        linhas = merge(lines(row), done)
        row.linhas = [linha.to_dict() for linha in linhas]
        if row.closed_at is None and not any(linha.aguarda for linha in linhas):
            row.closed_at = now
        row.save()
    return row
