"""What is in service against a rule set to come: who would fail, why, from when; few queries, and nothing written."""

import tracemalloc
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificados import simulacao
from certificados.models import Arquivo, Certificado
from certificados.simulacao import Empresa, Simulacao, from_toml
from portal.agentes.models import Agente, Papel, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.certificados.cena import AE_S, example, include, toml


def run(text: str, *, now: datetime) -> tuple[list[Empresa], Simulacao]:
    one = Simulacao(from_toml(text.encode()), now=now)
    return list(one.companies()), one


def test_the_old_kind_fails_from_the_first_day_and_the_new_kind_stays(
    agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    old = include(agente, ana, confianca, now=now, host="velho")
    include(agente, ana, confianca, now=now, host="novo", oid=AE_S)

    (empresa,), one = run(example(), now=now)

    (failed,) = empresa.reprovados
    assert (empresa.agente, empresa.bons, failed.pk, failed.desde) == (agente, 1, old.pk, one.periodo.inicio)
    assert [falha.codigo for falha in failed.falhas] == ["cadeia-icp-brasil"]
    assert one.totais.to_dict() == {
        "fora": 0,
        "conferidos": 2,
        "reprovados": 1,
        "empresas": 1,
        "sem_nenhum": 0,
        "regras": {"cadeia-icp-brasil": 1},
    }


def test_one_that_ends_before_is_not_affected(
    agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    include(agente, ana, confianca, now=now, host="breve", left=10)

    found, one = run(toml(now + timedelta(days=20), "rsa_bits = 4096"), now=now)

    assert (found, one.totais.fora, one.totais.conferidos) == ([], 1, 0)


def test_nor_is_one_that_begins_after_the_end(
    agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    row = include(agente, ana, confianca, now=now, host="tarde")
    Certificado.objects.filter(pk=row.pk).update(valid_from=now + timedelta(days=50))
    ends = f"rsa_bits = 4096\nate = {now + timedelta(days=30):%Y-%m-%d}"

    found, one = run(toml(now + timedelta(days=20), ends), now=now)

    assert (found, one.totais.fora) == ([], 1)


def test_one_that_begins_later_fails_from_its_own_first_day(
    agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    row = include(agente, ana, confianca, now=now, host="depois")
    later = now + timedelta(days=40)
    Certificado.objects.filter(pk=row.pk).update(valid_from=later)

    (empresa,), _ = run(toml(now + timedelta(days=20), "rsa_bits = 4096"), now=now)

    assert empresa.reprovados[0].desde == later


def test_a_lower_limit_counts_what_would_still_be_in_service(
    agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    include(agente, ana, confianca, now=now, host="um", left=10)
    include(agente, ana, confianca, now=now, host="dois")

    early, _ = run(toml(now + timedelta(days=5), "max_certificados = 1"), now=now)
    late, _ = run(toml(now + timedelta(days=20), "max_certificados = 1"), now=now)

    assert [falha.codigo for falha in early[0].reprovados[0].falhas] == ["limite-por-cnpj"]
    assert (len(early[0].reprovados), late) == (2, [])


def test_a_key_used_before_fails_where_that_is_made_a_failure(
    agente: Agente, outro_agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    first = include(agente, ana, confianca, now=now, host="um")
    again = include(agente, ana, confianca, now=now, host="dois")
    Certificado.objects.filter(pk=again.pk).update(spki_sha256=first.spki_sha256)

    (empresa,), _ = run(toml(now, '[severidades]\nchave-reutilizada = "falha"'), now=now)

    assert [(one.pk, one.falhas[0].codigo) for one in empresa.reprovados] == [(again.pk, "chave-reutilizada")]
    assert empresa.bons == 1


def test_companies_come_in_batches_of_a_constant_number_of_queries(
    confianca: Hierarquia, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        agente, person = factories.create_agente(), factories.create_usuario(f"p{number}")
        factories.represent(person, agente, Papel.REPRESENTANTE_CCEE)
        include(agente, person, confianca, now=now, host="um")
        include(agente, person, confianca, now=now, host="dois")
    monkeypatch.setattr(simulacao, "LOTE", 2)
    run(example(), now=now)  # the trust store is built
    before = Evento.objects.count()

    with CaptureQueriesContext(connection) as small:
        found, one = run(example(), now=now)
    monkeypatch.setattr(simulacao, "LOTE", 50)
    with CaptureQueriesContext(connection) as large:
        run(example(), now=now)

    assert (len(found), one.totais.reprovados, one.totais.sem_nenhum) == (5, 10, 5)
    assert len(large) == 4 + 3 + 1  # the base, two counts, the store's version; a batch; the look that finds no other
    assert len(small) == 4 + 3 * 3 + 1
    assert all(query["sql"].startswith("SELECT") for query in small.captured_queries)
    assert Evento.objects.count() == before
    cursor = found[1].agente.pk
    assert [empresa.agente for empresa in one.companies(after=cursor)] == [empresa.agente for empresa in found[2:]]


def test_four_times_as_many_companies_take_no_more_memory(
    agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = include(agente, ana, confianca, now=now, host="um")
    monkeypatch.setattr(simulacao, "LOTE", 50)
    peaks = []
    for wanted in (200, 800):
        multiply(row, wanted)
        one = Simulacao(from_toml(example().encode()), now=now)
        tracemalloc.start()
        assert sum(1 for _ in one.companies()) == wanted
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] * 2, peaks  # what a batch leaves to the collector is all that is added


def multiply(row: Certificado, wanted: int) -> None:
    """The same file in service at as many companies; the rows alone differ."""
    der, first = bytes(row.arquivo.der), Agente.objects.count()
    numbers = range(first, first + wanted - Certificado.objects.count())
    agentes = Agente.objects.bulk_create(
        Agente(cnpj=factories.make_cnpj(50_000_000 + n), sigla=f"M {n}", sigla_busca=f"M {n}", razao_social=f"M {n}")
        for n in numbers
    )
    same = {f.name: getattr(row, f.name) for f in Certificado._meta.concrete_fields if f.name not in ("id", "agente")}
    rows = Certificado.objects.bulk_create(
        Certificado(**same | {"agente": each, "subject_hash": f"{n:064d}", "spki_sha256": f"{n:064d}"})
        for n, each in zip(numbers, agentes, strict=True)
    )
    Arquivo.objects.bulk_create(Arquivo(certificado=each, der=der) for each in rows)
