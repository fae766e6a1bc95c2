"""Whatever happens, and whoever dies half-way: who follows the feed ends with exactly who is active."""

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from adesao import services as adesao
from certificados import services as certificados
from certificados.models import Certificado
from portal.agentes import acesso
from portal.agentes.models import Agente, Papel, Situacao
from portal.agentes.services import save_agente
from portal.demo.hierarquia import Hierarquia, pooled_key
from portal.gateway.diretorio import services
from portal.gateway.models import Entrada
from portal.kernel.errors import DomainError
from tests import factories
from tests.api.conftest import machine
from tests.gateway.leitor import Leitor, Par, active

pytestmark = pytest.mark.django_db
WHO = st.integers(0, 2)
LIVES = (2, 20, 300, 390)  # days
CLOSED_AGAIN = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


class Killed(Exception):
    """The process ends here."""


class Cena:
    """Three companies, the certificates that each might register, and who follows the feed and falls over."""

    def __init__(self, confianca: Hierarquia, chave: str, *, now: datetime) -> None:
        self.start, self.chave, self.ana = now, chave, factories.create_usuario("ana.do.acaso")
        self.agentes = [factories.create_agente(now=now) for _ in range(3)]
        for agente in self.agentes:
            factories.represent(self.ana, agente, Papel.REPRESENTANTE_CCEE)
        yesterday = now - timedelta(days=1)
        self.files = [[issue(confianca, agente, days, yesterday) for days in LIVES] for agente in self.agentes]
        self.begin()
        self.adhere(0, LIVES.index(300))

    def begin(self) -> None:
        cache.clear()
        self.now = self.start
        self.leitor = Leitor(machine(self.chave))
        self.kept: tuple[str, dict[Par, Any]] = ("", {})

    def agente(self, who: int) -> Agente:
        return Agente.objects.get(pk=self.agentes[who].pk)

    def include(self, who: int, which: int) -> None:
        facts = certificados.open_file(self.files[who][which])
        if not Certificado.objects.filter(sha256=facts.sha256, slot__gte=1).exists():
            certificados.store(self.agente(who), facts, arquivo="a.cer", by="ana", now=self.now, protocolo="")

    def remove(self, who: int) -> None:
        found = Certificado.objects.filter(agente=self.agentes[who], slot__gte=1).order_by("pk").first()
        if found is not None:
            certificados.remove(found, by="ana", now=self.now, motivo="teste")

    def adhere(self, who: int, which: int) -> None:
        arquivos = [("b.cer", self.files[who][which])]
        ator = acesso.of_usuario(self.ana)
        adesao.submit(
            self.agente(who), senha=factories.SENHA_SISTEMICA, arquivos=arquivos, excluir=(), ator=ator, now=self.now
        )

    def decide(self, who: int, situacao: Situacao) -> None:
        agente = self.agente(who)
        agente.situacao = situacao
        save_agente(agente, by=factories.BY, now=self.now)

    def rename(self, who: int, number: int) -> None:
        agente = self.agente(who)
        agente.sigla = f"NOME {who} {number}"
        save_agente(agente, by=factories.BY, now=self.now)

    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)
        certificados.remove_expired(by="portal", now=self.now)

    def publish(self, batches: int) -> None:
        services.publish(now=self.now, batches=batches)

    def publish_and_die(self) -> None:
        with suppress(Killed), transaction.atomic():
            services.publish_batch(now=self.now)
            raise Killed

    def read(self, limite: int) -> None:
        self.leitor.read(limite)

    def keep(self) -> None:
        """The reader writes down where it is and what it has, as one."""
        self.kept = (self.leitor.desde, deepcopy(self.leitor.tem))

    def fall(self, limite: int, applied: int) -> None:
        """In the middle of a page, perhaps after keeping that much of it; it goes on from what it kept."""
        before, page = len(self.leitor.lidas), Leitor(self.leitor.client, self.leitor.desde).read(limite)
        for entrada in page["entradas"][:applied]:
            self.leitor.apply(entrada)
            if applied % 2:
                self.kept = (entrada["cursor"], deepcopy(self.leitor.tem))
        del self.leitor.lidas[before:]
        self.leitor.desde, self.leitor.tem = self.kept[0], deepcopy(self.kept[1])


def issue(confianca: Hierarquia, agente: Agente, days: int, since: datetime) -> bytes:
    """With one key for all of a life: making keys is what takes time, and using one twice is only remarked upon."""
    host, key = f"d{days}.{agente.cnpj.lower()}.exemplo.test", pooled_key(f"ao acaso {days}")
    return confianca.issue(
        cnpj=agente.cnpj, nome=agente.razao_social, host=host, not_before=since, days=days, key=key
    ).der


WHICH, SOME = st.integers(0, len(LIVES) - 1), st.integers(1, 4)
STEPS: st.SearchStrategy[tuple[Any, ...]] = st.one_of(
    st.tuples(st.just("include"), WHO, WHICH),
    st.tuples(st.just("adhere"), WHO, WHICH),
    st.tuples(st.just("remove"), WHO),
    st.tuples(st.just("decide"), WHO, st.sampled_from(list(Situacao))),
    st.tuples(st.just("rename"), WHO, SOME),
    st.tuples(st.just("wait"), st.sampled_from([0, 1, 3, 30, 350])),
    st.tuples(st.just("publish"), SOME),
    st.tuples(st.just("publish_and_die")),
    st.tuples(st.just("read"), SOME),
    st.tuples(st.just("keep")),
    st.tuples(st.just("fall"), SOME, st.integers(0, 4)),
)


@pytest.fixture
def cena(confianca: Hierarquia, chave: str, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Cena:
    monkeypatch.setattr(services, "LOTE", 3)
    return Cena(confianca, chave, now=now)


def undone(run: Callable[[], None]) -> None:
    """The next example finds the database as this one did."""
    with transaction.atomic():
        run()
        transaction.set_rollback(True)


@given(steps=st.lists(STEPS, min_size=1, max_size=40))
@tries(max_examples=40, deadline=None, suppress_health_check=CLOSED_AGAIN)
def test_from_zero_and_resumed_both_end_with_exactly_who_is_active(cena: Cena, steps: list[tuple[Any, ...]]) -> None:
    undone(partial(live, cena, steps))


def live(cena: Cena, steps: list[tuple[Any, ...]]) -> None:
    cena.begin()
    for name, *arguments in steps:
        with suppress(DomainError):  # no free slot, no longer in force: a refusal is an outcome
            getattr(cena, name)(*arguments)

    fresh = Leitor(cena.leitor.client).read_all()
    resumed = cena.leitor.read_all(lambda: 2)

    assert set(resumed.tem) == set(fresh.tem) == active()
    assert resumed.tem == fresh.tem
    assert fresh.lidas == [str(row.cursor) for row in Entrada.objects.order_by("pk")]
    for (cnpj, sha256), entrada in fresh.tem.items():
        row = Certificado.objects.select_related("agente").get(agente__cnpj=cnpj, sha256=sha256, slot__gte=1)
        told = entrada["sigla"], *(datetime.fromisoformat(entrada[name]) for name in ("valido_de", "valido_ate"))
        assert told == (row.agente.sigla, row.valid_from, row.valid_until)
