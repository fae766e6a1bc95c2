"""One list fetched and judged; nothing is written here."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from certificados.models import ListaRevogacao
from certificados.revogacao import pontos, selectors
from portal.icp.domain import lcr
from portal.icp.domain.lcr import Lista, NaoServe
from portal.icp.domain.trust import TrustStore
from portal.kernel.text import visible
from portal.saida import pedido
from portal.saida.pedido import Falhou, Recusada, Resposta

IGUAL, OK = 304, 200
SEM_CERTIFICADORA = "a certificadora que deveria assinar a lista não é mais aceita"
VENCIDA = "a lista que está no endereço venceu em {quando:%d/%m/%Y %H:%M} UTC"
ANTERIOR = "a lista que está no endereço é anterior à que já foi lida"


@dataclass(frozen=True, slots=True)
class Leitura:
    """`lista` is None where nothing new could be concluded; `falha` says why where something is wrong."""

    lista: Lista | None = None
    sha256: str = ""
    etag: str = ""
    falha: str = ""
    igual: bool = False  # the address says that nothing changed


def read(row: ListaRevogacao, *, trust: TrustStore, now: datetime) -> Leitura:
    """Never raises what the other side can cause."""
    try:
        resposta = _fetch(row, now=now)
        return Leitura(igual=True, etag=row.etag) if resposta.status == IGUAL else _judge(row, resposta, trust, now)
    except (Recusada, Falhou, NaoServe) as error:
        return Leitura(falha=visible(str(error), 290))


def _fetch(row: ListaRevogacao, *, now: datetime) -> Resposta:
    """Only where an unchanged list would do is it asked for conditionally."""
    enough = row.etag and row.next_update and row.next_update >= now and selectors.all_checked(row)
    resposta = pedido.send(
        "GET",
        row.url,
        headers={"If-None-Match": row.etag} if enough else None,
        seconds=settings.LCR_SEGUNDOS,
        limit=settings.LCR_MAX_BYTES,
        schemes=("http", "https"),
        hosts_allowed=settings.SAIDA_HOSTS_PERMITIDOS,
    )
    if resposta.status != OK and not (enough and resposta.status == IGUAL):
        raise NaoServe(f"o servidor respondeu {resposta.status} no lugar da lista")
    return resposta


def _judge(row: ListaRevogacao, resposta: Resposta, trust: TrustStore, now: datetime) -> Leitura:
    """A list past its end, or older than one read before, still proves whom it names, and nothing of the others."""
    issuer = pontos.authority(row.emissora_sha256, trust=trust)
    if issuer is None:
        raise NaoServe(SEM_CERTIFICADORA)
    lista = lcr.read(resposta.body, issuer=issuer, urls=selectors.addresses(row), at=now)
    sha256, falha = hashlib.sha256(resposta.body).hexdigest(), ""
    if lista.next_update < now:
        falha = VENCIDA.format(quando=lista.next_update)
    elif row.this_update and lista.this_update < row.this_update:
        falha = ANTERIOR
    return Leitura(lista, sha256, resposta.headers.get("etag", "")[:200], falha)
