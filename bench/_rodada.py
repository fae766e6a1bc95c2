"""Years of some thousand contracts, run and measured, each in a process of its own."""

import json
import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Sum

from contratos import montantes, services
from contratos.domain.contrato import Especie
from contratos.domain.sazonalizacao import PELO_FLAT, PELO_PERFIL, Regra
from contratos.models import Contrato, Leilao, MontanteDoMes, PerfilDeCarga, RegraDeSazonalizacao, Sazonalizacao
from contratos.services import anuais
from contratos.services.rodadas import PORCAO
from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from tests import factories, operarios

ANOS = (2028, 2029)
NOW = datetime(2027, 12, 10, 15, tzinfo=UTC)
VENDEDORES, DISTRIBUIDORAS = 100, 60
ESPECIES = {"flat": Especie.CCEAR_DISPONIBILIDADE, "perfil": Especie.CCEAR_QUANTIDADE}
KB = 1e3


@dataclass
class Medida:
    """Of one process. Seconds by the clock, of which `banco` was waited for there; the others of the processor."""

    contratos: int
    segundos: float
    banco: float
    processador: float
    conta: float
    perguntas: int
    escritas: int
    partida: float  # MB before the first contract
    pico: float

    @property
    def grew(self) -> float:
        return self.pico - self.partida


def run(contratos: int, porcao: int, semente: int) -> bool:
    chance, porcao = random.Random(semente), porcao or PORCAO  # noqa: S311 - no secret
    leilao, agentes = _auction(chance)
    found = []
    for ano, stop in zip(ANOS, (contratos, 2 * contratos), strict=True):
        _contracts(stop - Contrato.objects.count(), leilao, agentes, chance)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum would
        found.append(_measured(ano, porcao))
    print(f"semente {semente}, {porcao} contracts in one transaction; flat and by profile, half each")
    print(f"{'contracts':>10}{'per s':>9}{'database':>10}{'arithmetic':>12}{'queries':>9}{'writes':>8}{'memory':>10}")
    for each in found:
        waited, counted = each.banco / each.segundos, each.conta / each.processador
        print(
            f"{each.contratos:>10}{each.contratos / each.segundos:>9.0f}{waited:>10.0%}{counted:>12.1%}"
            f"{each.perguntas / each.contratos:>9.2f}{each.escritas / each.contratos:>8.2f}{each.grew:>7.1f} MB"
        )
    few, many = found
    questions = (many.perguntas / many.contratos) / (few.perguntas / few.contratos)
    print(f"queries per contract, 2N ÷ N {questions:.2f}; pace, 2N ÷ N {_pace(many) / _pace(few):.2f}")
    print(f"peak memory {few.pico:.0f} and {many.pico:.0f} MB: 2N ÷ N {many.pico / few.pico:.2f}")
    holds = {
        "every contract once, and twelve months that add up": all(map(_whole, ANOS, (contratos, 2 * contratos))),
        "one entry of the ledger for each side": _told() == 2 * 3 * contratos,
        "queries per contract do not grow": questions < 1.05,
        "memory does not grow with the contracts": many.pico / few.pico < 1.1,
    }
    print("\n".join(f"{name}: {'yes' if held else 'NO'}" for name, held in holds.items()))
    return all(holds.values())


def _pace(of: Medida) -> float:
    return of.contratos / of.segundos


def _auction(chance: random.Random) -> tuple[Leilao, list[Agente]]:
    leilao = Leilao.objects.create(
        numero=40, tipo="nova", edital="1/2026", realizado_em=date(2026, 9, 1), homologado_em=date(2026, 10, 1)
    )
    RegraDeSazonalizacao.objects.create(leilao=leilao, regra="perfil")
    agentes = [factories.create_agente() for _ in range(VENDEDORES + DISTRIBUIDORAS)]
    PerfilDeCarga.objects.bulk_create(
        PerfilDeCarga(agente=each, ano=ano, valores=[f"{chance.uniform(400, 900):.3f}" for _ in range(12)])
        for each in agentes[VENDEDORES:]
        for ano in ANOS
    )
    return leilao, agentes


def _contracts(more: int, leilao: Leilao, agentes: list[Agente], chance: random.Random) -> None:
    """As they are when they were registered."""
    already = Contrato.objects.count()
    Contrato.objects.bulk_create(
        Contrato(
            numero=f"CCEAR-{already + at:06}", especie=list(ESPECIES.values())[at % 2], leilao=leilao,
            vendedor=chance.choice(agentes[:VENDEDORES]), comprador=chance.choice(agentes[VENDEDORES:]),
            suprimento_inicio=date(2028, 1, 1), suprimento_fim=date(2047, 12, 31), assinatura="assinado",
            registro="registrado", registered_at=NOW, energia_mwh=Decimal(chance.randint(10**9, 10**13)).scaleb(-6),
            montante_mwmed=Decimal(30), created_at=NOW,
        )
        for at in range(more)
    )  # fmt: skip


def _measured(ano: int, porcao: int) -> Medida:
    ours, theirs = os.pipe()

    def work() -> None:
        os.write(theirs, json.dumps(asdict(_run(ano, porcao))).encode())

    pid = operarios.fork(work)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        said = answer.read()
    assert operarios.wait(pid) == 0
    return Medida(**json.loads(said))


def _run(ano: int, porcao: int) -> Medida:
    partida, contador = _peak(), _Contador()
    start, busy = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(contador):
        for codigo in ESPECIES:
            services.run_year(codigo, ano, by="bench", now=NOW, porcao=porcao)
    segundos, processador, pico = time.perf_counter() - start, time.process_time() - busy, _peak()
    done = Sazonalizacao.objects.filter(ano=ano).count()
    conta = _arithmetic(ano, porcao)
    return Medida(
        done, segundos, contador.segundos, processador, conta, contador.todas, contador.escritas, partida, pico
    )


class _Contador:
    todas = escritas = 0
    segundos = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.segundos += time.perf_counter() - start
            self.todas += 1
            self.escritas += sql.startswith(("INSERT", "UPDATE", "DELETE"))


def _arithmetic(ano: int, porcao: int) -> float:
    """The same numbers once more, in the same portions, from contracts that are in memory already."""
    perfis, seconds = montantes.profiles(ano), 0.0
    for codigo, especie in ESPECIES.items():
        calculo = PELO_FLAT[Regra.FLAT] if codigo == "flat" else PELO_PERFIL[Regra.PERFIL]
        for contratos in _portions(especie, porcao):
            start = time.process_time()
            asked = [anuais.ask(each, montantes.year(each, ano, ()), calculo, perfis) for each in contratos]
            assert not any(why for _, _, why in anuais.answer_all(asked))
            seconds += time.process_time() - start
    return seconds


def _portions(especie: Especie, porcao: int) -> Iterator[list[Contrato]]:
    rows = Contrato.objects.filter(especie=especie.value).select_related("vendedor", "comprador").order_by("pk")
    last = 0
    while portion := list(rows.filter(pk__gt=last)[:porcao]):
        last = portion[-1].pk
        yield portion


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB


def _whole(ano: int, contratos: int) -> bool:
    rows = (
        MontanteDoMes.objects.filter(mes__year=ano).values("contrato").annotate(n=Count("pk"), mwh=Sum("energia_mwh"))
    )
    sums = {row["contrato"]: row["mwh"] for row in rows if row["n"] == 12}
    years = dict(
        Sazonalizacao.objects.filter(ano=ano, situacao="final").values_list("contrato", "entrada__energia_mwh")
    )
    return len(sums) == contratos and sums == {pk: Decimal(energia) for pk, energia in years.items()}


def _told() -> int:
    return Evento.objects.filter(tipo="contrato.sazonalizado").count()
