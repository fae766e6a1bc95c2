"""The sweep of revocation lists: the only writer of their rows, and who takes revoked certificates out of service."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, Value
from django.db.models.functions import NullIf

from certificados import services as certificados
from certificados.models import Arquivo, Certificado, ListaRevogacao, PontoDeLista
from certificados.revogacao import pontos, selectors
from certificados.revogacao.consulta import Leitura, read
from portal import clock
from portal.auditoria.services import Fato, act, record, record_all
from portal.icp.domain.lcr import Lista, Revogacao
from portal.icp.domain.trust import TrustStore
from portal.kernel.errors import Conflict

LOTE = 500
POR = "portal"
SERIE = re.compile(r"-?[0-9a-f]+")  # as the row has it; one too long for a row is in no list either
FOLGA = timedelta(seconds=60)
CORRIDA = timedelta(seconds=60)  # of one run; what is left goes on in the next
DEMORA = 4  # a list that failed is tried again after this part of the usual interval
DESLIGADA = "Esta instalação não consulta listas de revogação (LCR_CONSULTA)."
Relogio = Callable[[], datetime]


@dataclass(slots=True)
class Varredura:
    lidas: int = 0
    falhas: int = 0
    revogados: int = 0
    sem_lista: int = 0  # certificates that left service because their lists could not be had for too long
    acabou: bool = True  # False: out of time, and lists are left


def sweep(*, now: datetime, relogio: Relogio, tudo: bool = False) -> Varredura:
    """Read the lists that are due, or with `tudo` all that certificates in service name, however long it takes.

    Two at once share the lists out. `relogio` is the machine's clock: leases, and the end of the run.
    """
    feito, ends = Varredura(), relogio() + CORRIDA
    trust = pontos.trusted(now)
    note_points(trust=trust, now=now)
    interval = timedelta() if tudo else timedelta(minutes=settings.LCR_MINUTOS)
    before, turn = now - interval, selectors.turn(retry=now - interval / DEMORA, rested=now - CORRIDA)
    for pk in selectors.due(turn, before=before):
        if not tudo and relogio() >= ends:
            feito.acabou = False
            break
        if selectors.is_due(pk, before=before) and (row := _take(pk, turn, now=now, instant=relogio())):
            _consult(row, feito, trust=trust, now=now)
    feito.sem_lista = _without_list(now)
    return feito


@act()
def ask(listas: Iterable[int], *, by: str, now: datetime) -> int:
    """Make them due for the next sweep, and say how many; nothing is read here.

    One that no certificate in service names is left out: nobody would be looked for in it.
    """
    if not selectors.is_on():
        raise Conflict(DESLIGADA)
    rows = list(selectors.in_use().filter(pk__in=listas).order_by("pk"))
    ListaRevogacao.objects.filter(pk__in=[row.pk for row in rows]).update(pedida_at=now)
    fatos = [Fato("lista.consulta_pedida", objeto=row.url, dados={"certificadora": row.emissora}) for row in rows]
    record_all(fatos, at=now, ator=by)
    return len(rows)


def note_points(*, trust: TrustStore, now: datetime) -> None:
    """Which lists the certificates in service name that nobody has looked into yet; once for each.

    One whose authority is not accepted now is looked at again in the next run.
    """
    last = 0
    while rows := list(Arquivo.objects.filter(pk__gt=last, certificado__in=selectors.unnoted()).order_by("pk")[:LOTE]):
        last = rows[-1].pk
        read = ((row.pk, pontos.read_points(bytes(row.der), trust=trust, now=now)) for row in rows)
        new = [one for pk, named in read if named is not None for one in _noted(pk, named, now=now)]
        PontoDeLista.objects.bulk_create(new, ignore_conflicts=True)


def _noted(certificado: int, named: pontos.Nomeadas, *, now: datetime) -> list[PontoDeLista]:
    if not named.urls:
        return [PontoDeLista(certificado_id=certificado)]
    row = {"emissora": named.emissora, "created_at": now}
    listas = [
        ListaRevogacao.objects.get_or_create(url=url, emissora_sha256=named.emissora_sha256, defaults=row)[0]
        for url in named.urls
    ]
    return [PontoDeLista(certificado_id=certificado, lista=lista, ordem=ordem) for ordem, lista in enumerate(listas)]


def _take(pk: int, turn: Q, *, now: datetime, instant: datetime) -> ListaRevogacao | None:
    """Leased and committed before the list is asked for; None where another run has it."""
    free = Q(lease_until=None) | Q(lease_until__lte=instant)
    until = instant + timedelta(seconds=settings.LCR_SEGUNDOS) + FOLGA
    if not ListaRevogacao.objects.filter(free, turn, pk=pk).update(lease_until=until, tried_at=now):
        return None
    return ListaRevogacao.objects.get(pk=pk)


def _consult(row: ListaRevogacao, feito: Varredura, *, trust: TrustStore, now: datetime) -> None:
    """Certificates leave before it is written down that the list was read: a run that dies in between reads again."""
    asked = dict(selectors.naming(row).values_list("pk", "numero_serie"))
    leitura = read(row, trust=trust, now=now)
    if leitura.lista is not None:
        feito.revogados += _take_out(row, leitura, leitura.lista, asked, now=now)
    feito.lidas, feito.falhas = feito.lidas + (not leitura.falha), feito.falhas + bool(leitura.falha)
    _keep(row, leitura, now=now)
    if not leitura.falha:
        PontoDeLista.objects.filter(lista=row, certificado__in=asked).update(checked_at=now)


def _take_out(row: ListaRevogacao, leitura: Leitura, lista: Lista, asked: Mapping[int, str], *, now: datetime) -> int:
    """What a list that is no longer current says is suspended may be in force again: that is not acted upon."""
    series = {pk: int(text, 16) for pk, text in asked.items() if SERIE.fullmatch(text)}  # one may serve two companies
    named = lista.find(set(series.values()))
    found = {pk: named[serial] for pk, serial in series.items() if serial in named}
    found = {pk: one for pk, one in found.items() if not (leitura.falha and one.suspenso)}
    gone = 0
    for certificado in Certificado.objects.filter(pk__in=found).select_related("agente").order_by("pk"):
        with suppress(Conflict):  # somebody took it out meanwhile
            revoke(certificado, found[certificado.pk], lista=row.url, lista_sha256=leitura.sha256, now=now)
            gone += 1
    return gone


@act()
def revoke(certificado: Certificado, revogacao: Revogacao, *, lista: str, lista_sha256: str, now: datetime) -> None:
    """Out of service for good, suspended or not: what its authority lets back in, the company includes again."""
    what = "Suspenso" if revogacao.suspenso else f"Revogado ({revogacao.motivo})"
    motivo = f"{what} pela certificadora em {clock.local_date(revogacao.desde):%d/%m/%Y}"
    record(
        "certificado.revogado",
        at=now,
        ator=POR,
        cnpj=certificado.agente.cnpj,
        objeto=certificado.nome_arquivo,
        sha256=certificado.sha256,
        numero_serie=certificado.numero_serie,
        desde=revogacao.desde.isoformat(),
        motivo=revogacao.motivo,
        lista=lista,
        lista_sha256=lista_sha256,
    )
    certificados.remove(certificado, by=POR, now=now, motivo=motivo)


def _keep(row: ListaRevogacao, leitura: Leitura, *, now: datetime) -> None:
    """What was read last stays beside a failure: it says since when nothing is known."""
    fields: dict[str, object] = {"falha": leitura.falha, "lease_until": None}
    lista = leitura.lista
    if not leitura.falha:
        fields["read_at"] = now
    if row.pedida_at:  # unless somebody asked again meanwhile
        fields["pedida_at"] = NullIf("pedida_at", Value(row.pedida_at))
    if lista is not None and not leitura.falha:
        fields |= {
            "numero": "" if lista.numero is None else str(lista.numero)[:60],
            "this_update": lista.this_update,
            "next_update": lista.next_update,
            "quantas": lista.quantas,
            "sha256": leitura.sha256,
            "etag": leitura.etag,
        }
    ListaRevogacao.objects.filter(pk=row.pk).update(**fields)


def _without_list(now: datetime) -> int:
    """Only where the installation says so; else they stay in service and operations are told."""
    if settings.LCR_TOLERANCIA_DIAS <= 0:
        return 0
    since, total = now - timedelta(days=settings.LCR_TOLERANCIA_DIAS), 0
    motivo = f"A certificadora não publica lista de revogação válida há mais de {settings.LCR_TOLERANCIA_DIAS} dias"
    rows = selectors.without_list(since=since).select_related("agente").order_by("pk")
    for certificado in rows.iterator(chunk_size=LOTE):
        with suppress(Conflict):
            certificados.remove(certificado, by=POR, now=now, motivo=motivo)
            total += 1
    return total
