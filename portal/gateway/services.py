"""The decision, and what is kept of it. No positive answer is: who may enter is read from the database each time."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import BoundedSemaphore, Lock

from django.conf import settings
from django.core.cache import cache

from adesao import hashing
from portal.agentes import services as agentes
from portal.auditoria.services import Fato, act, record_all
from portal.gateway import selectors
from portal.gateway.domain import decisao
from portal.gateway.domain.decisao import JANELA, TENTATIVAS, Motivo
from portal.gateway.lembranca import Lembranca
from portal.gateway.models import Passagem
from portal.gateway.selectors import Ficha
from portal.kernel.cnpj import SHAPE, compact
from portal.kernel.errors import Busy
from portal.kernel.text import visible

SEGUIDAS = timedelta(minutes=1)  # what is seen or refused more often is written once in that time
FILAS = 64
FILA_CHEIA = "Há senhas demais à espera de conferência. Tente de novo em um segundo."
HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
_lembranca = Lembranca()
_filas = tuple(Lock() for _ in range(FILAS))
# Who waits for a hash holds a thread of the server: more than these are asked to come again.
_espera = BoundedSemaphore(settings.GATEWAY_SENHAS_EM_ESPERA)


@dataclass(frozen=True, slots=True)
class Pedido:
    usuario: str  # the CNPJ, with or without its mask
    senha: str
    sha256: str  # of the DER that was presented, in hexadecimal; "": none was


@dataclass(frozen=True, slots=True)
class Resposta:
    motivo: Motivo
    cnpj: str = ""
    sigla: str = ""

    @property
    def autorizado(self) -> bool:
        return self.motivo is Motivo.AUTORIZADO


def look_up(pedido: Pedido, *, chave: str, now: datetime) -> Ficha | None:
    """What is known; None where there is no such gateway key."""
    cnpj, sha256 = compact(pedido.usuario), pedido.sha256.lower()
    return selectors.look_up(
        chave_sha256=agentes.hash_key(chave),
        cnpj=cnpj if SHAPE.fullmatch(cnpj) else "",
        sha256=sha256 if HEX.fullmatch(sha256) else "",
        now=now,
    )


def decide(ficha: Ficha, pedido: Pedido, *, now: datetime) -> Resposta:
    """Raises Busy where too many passwords are waiting to be worked out."""
    agentes.touch_key(ficha.chave, now=now)
    motivo = _refusal(ficha, pedido, now=now)
    if motivo is None:
        _seen(ficha, now=now)
        return Resposta(Motivo.AUTORIZADO, ficha.cnpj, ficha.sigla)
    if ficha.agente is not None and motivo is not Motivo.SENHA_INCORRETA:
        _refused(ficha, pedido, motivo, now=now)
    return Resposta(motivo)


def _refusal(ficha: Ficha, pedido: Pedido, *, now: datetime) -> Motivo | None:
    """The certificate before the password: without its key nobody gets to try passwords, nor to lock the owner out."""
    of_agente = decisao.of_agente(
        existe=ficha.agente is not None,
        impedido=selectors.blocked(ficha.situacao),
        aderiu=ficha.versao is not None,
    )
    if of_agente is not None:
        return of_agente
    if not pedido.sha256:
        return Motivo.CERTIFICADO_AUSENTE
    if ficha.certificado is None:
        return selectors.why_unknown(ficha.agente or 0, visible(pedido.sha256.lower()))
    return decisao.of_certificado(ficha.certificado, now=now) or _of_senha(ficha, pedido.senha, now=now)


def _of_senha(ficha: Ficha, senha: str, *, now: datetime) -> Motivo | None:
    """A wrong one that comes again is wrong still: it is neither worked out nor counted twice.

    So that a system of the owner's with an old password, which asks all day, locks nobody out.
    """
    mark = _lembranca.mark(ficha.agente or 0, ficha.versao or 0, senha)
    right = _lembranca.verdict(mark, now=now)
    if right is None:
        if ficha.certificado is not None and decisao.locked(ficha.certificado, now=now):
            return Motivo.MUITAS_TENTATIVAS
        right = _work_out(ficha, senha, mark, now=now)
    return None if right else Motivo.SENHA_INCORRETA


def _work_out(ficha: Ficha, senha: str, mark: bytes, *, now: datetime) -> bool:
    """One at a time for one password: a hundred calls that wait for the same answer make one hash."""
    if _failures_everywhere(now) >= settings.GATEWAY_SENHAS_ERRADAS_POR_MINUTO:
        raise Busy("Há senhas erradas demais chegando ao gateway. Tente de novo em um minuto.")
    with _turn(), _filas[mark[0] % FILAS]:
        known = _lembranca.verdict(mark, now=now)
        if known is not None:
            return known
        right = hashing.verify(senha, ficha.senha_hash)
        _lembranca.keep(mark, right=right, now=now, seconds=settings.GATEWAY_SENHA_LEMBRADA)
    if not right:
        _count_failure(ficha, now=now)
    return right


@contextmanager
def _turn() -> Iterator[None]:
    if not _espera.acquire(blocking=False):
        raise Busy(FILA_CHEIA)
    try:
        yield
    finally:
        _espera.release()


def _minute(now: datetime) -> str:
    return f"gateway:senhas-erradas:{now:%Y%m%d%H%M}"


def _failures_everywhere(now: datetime) -> int:
    return int(cache.get(_minute(now), 0))


@act()
def _count_failure(ficha: Ficha, *, now: datetime) -> None:
    """Under the row's lock, so that as many at once count as many; the tenth goes to the ledger."""
    key = _minute(now)
    cache.add(key, 0, timeout=120)
    cache.incr(key)
    if ficha.certificado is None:
        return
    row = Passagem.objects.select_for_update().get(pk=_row(ficha).pk)
    still = row.falhas_desde is not None and now - row.falhas_desde < JANELA
    row.falhas, row.falhas_desde = (row.falhas + 1, row.falhas_desde) if still else (1, now)
    row.refused_at, row.motivo = now, Motivo.SENHA_INCORRETA
    row.save()
    if row.falhas == TENTATIVAS:
        sha256 = row.certificado.sha256 if row.certificado else ""
        facts = {"sha256": sha256, "senhas_erradas": row.falhas}
        record_all([Fato("gateway.senha_bloqueada", ficha.cnpj, dados=facts)], at=now, ator="gateway")


def _row(ficha: Ficha) -> Passagem:
    certificado = ficha.certificado.pk if ficha.certificado else None
    return Passagem.objects.get_or_create(agente_id=ficha.agente, certificado_id=certificado)[0]


def _seen(ficha: Ficha, *, now: datetime) -> None:
    """At most once a minute; failures stay counted until their window is over."""
    if ficha.seen_at is None or now - ficha.seen_at >= SEGUIDAS:
        row = _row(ficha)
        Passagem.objects.filter(pk=row.pk).update(seen_at=now)


def _refused(ficha: Ficha, pedido: Pedido, motivo: Motivo, *, now: datetime) -> None:
    """A stranger can make it be written once a minute, and no oftener."""
    if ficha.motivo == motivo and ficha.refused_at is not None and now - ficha.refused_at < SEGUIDAS:
        return
    fields = {"refused_at": now, "motivo": motivo.value, "sha256": visible(pedido.sha256, 64)}
    Passagem.objects.filter(pk=_row(ficha).pk).update(**fields)
