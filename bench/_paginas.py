"""The pages of bench/lista.py, measured through Django's handler by somebody who sees every company."""

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adesao.models import Credencial
from certificados.models import Certificado
from portal import clock
from portal.agentes.models import Agente, Classe
from portal.kernel.text import searchable
from tests import factories

BATCH = 5_000
FEW = 1_000  # the list that the number of queries is compared with
ADDRESSES = (
    "/adesao/",
    "/adesao/?por=razao_social&texto=energia+77",
    "/adesao/?por=cnpj&texto=20.000.77",
    "/adesao/?status=vence_em_breve",
    "/adesao/?pagina=1000",
    "/api/v1/agentes/",
    "/api/v1/agentes/?busca=energia+77",
    "/api/v1/agentes/?situacao=vence_em_breve",
    "/api/v1/agentes/?situacao=vigente",
    "/api/v1/agentes/?pagina=1900",
)


def run(agentes: int, voltas: int) -> None:
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")
    client.force_login(factories.create_usuario("aneel", grupo="Regulador"))
    populate(0, FEW)
    few = {address: len(queries(client, address)) for address in ADDRESSES}
    populate(FEW, agentes)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    floor = median(lambda: client.get("/saude/"), voltas)
    print(f"{agentes} empresas em {connection.vendor}; uma página vazia leva {floor * 1000:.1f} ms")
    print(f"{'endereço':<45} {'página':>8} {'só SQL':>8} {'razão':>6} {'consultas':>10} {'com ' + str(FEW):>9}")
    for address in ADDRESSES:
        sql = queries(client, address)
        page, alone = median(partial(client.get, address), voltas), median(partial(execute, sql), voltas)
        ratio = page / (alone + floor)
        print(
            f"{address:<45} {page * 1000:6.1f}ms {alone * 1000:6.1f}ms {ratio:5.1f}x {len(sql):>10} {few[address]:>9}"
        )
    print("razão: página ÷ (as mesmas consultas + página vazia)")


def queries(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return [query["sql"] for query in captured.captured_queries]


def execute(sql: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in sql:
            cursor.execute(statement)
            if cursor.description:
                cursor.fetchall()


def median(work: Callable[[], object], voltas: int) -> float:
    """Seconds, after one round that warms up."""
    work()
    taken = []
    for _ in range(voltas):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def populate(start: int, stop: int) -> None:
    """In bulk, because the services would write a ledger entry for each; three in four hold a certificate."""
    now = clock.now()
    for first in range(start, stop, BATCH):
        rows = Agente.objects.bulk_create(_agente(n) for n in range(first, min(first + BATCH, stop)))
        holders = [row for row in rows if row.pk % 4]
        Credencial.objects.bulk_create(
            Credencial(agente=row, senha_hash="x", adhered_at=now, changed_at=now, changed_by="bench")
            for row in holders
        )
        Certificado.objects.bulk_create(_certificado(row, slot, now) for row in holders for slot in (1, 2))


def _agente(number: int) -> Agente:
    razao = f"Companhia de Energia {number * 7919 % 1_000_003} Geração e Comércio S.A."
    sigla = f"CIA {number}"
    return Agente(
        cnpj=factories.make_cnpj(20_000_000 + number),
        sigla=sigla,
        razao_social=razao,
        classe=Classe.COMERCIALIZADOR,
        sigla_busca=sigla,
        razao_social_busca=searchable(razao),
    )


def _certificado(agente: Agente, slot: int, now: datetime) -> Certificado:
    until = now + timedelta(days=agente.pk % 390 - 20)
    name = f"{agente.pk}-{slot}"
    return Certificado(
        agente=agente, nome_arquivo=f"{name}.cer", sha256=name, titular="CN=x", emissor="CN=y", certificadora="y",
        versao=3, numero_serie="1", valid_from=now - timedelta(days=30), valid_until=until, subject_hash=name,
        subject_hash_unordered=name, spki_sha256=name, politica="ccee-2022-12", slot=slot, limite=2,
        included_at=now, included_by="bench",
    )  # fmt: skip
