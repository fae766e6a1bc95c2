"""Races for the third certificate and for one subject: breaks must be 0, the loser hears 409.

First through the services, then the constraints alone, with everything that judges left out. On PostgreSQL and on
SQLite, each a database of its own. `--completo`: 10,000 rounds of each.
"""

import argparse
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any

from bench import _banco

COMPLETO = 10_000
JITTER = 0.003  # seconds at most: whoever comes first changes from round to round
Contender = Callable[[], object]


@dataclass
class Placar:
    """What became of the rounds of one race; a break is any round that did not end in one winner and one loser."""

    rodadas: int = 0
    quebras: int = 0
    fins: Counter[str] = field(default_factory=Counter)

    def count(self, outcomes: Sequence[str], *, whole: bool) -> None:
        self.rodadas += 1
        self.fins.update(outcomes)
        self.quebras += not whole or outcomes.count("venceu") != 1


class Pista:
    """Two threads with connections of their own, let go at the same moment."""

    def __init__(self, semente: int) -> None:
        self.pool, self.barrier, self.random = ThreadPoolExecutor(2), Barrier(2), random.Random(semente)

    def race(self, *contenders: Contender) -> list[str]:
        runs = [self.pool.submit(self._run, contender, self.random.uniform(0, JITTER)) for contender in contenders]
        return [run.result() for run in runs]

    def _run(self, contender: Contender, jitter: float) -> str:
        from django.db import IntegrityError

        from portal.kernel.errors import DomainError

        self.barrier.wait()
        time.sleep(jitter)
        try:
            contender()
        except DomainError as refusal:
            return str(refusal.status)
        except IntegrityError:
            return "recusado pelo banco"
        except Exception as error:  # noqa: BLE001 - any other end is counted by its name
            return repr(error)[:80]
        return "venceu"


class Cenario:
    """Ours with one certificate in service and two representatives; theirs with one representative."""

    def __init__(self) -> None:
        from portal import clock
        from portal.agentes import acesso
        from portal.agentes.models import Papel
        from portal.demo.hierarquia import Hierarquia
        from portal.icp import services as icp
        from tests import factories

        self.now = now = clock.now()
        hierarquia = Hierarquia.create(at=now)
        icp.include(hierarquia.authorities, raiz=True, by="bench", origem="bench", now=now)
        self.ours, self.theirs = factories.create_agente(), factories.create_agente()
        people = [factories.create_usuario(name) for name in ("ana", "bia", "davi")]
        for person, agente in zip(people, (self.ours, self.ours, self.theirs), strict=True):
            factories.represent(person, agente, Papel.REPRESENTANTE_CCEE)
        factories.adhere(self.ours, people[0], hierarquia, hosts=("fixo",))
        factories.adhere(self.theirs, people[2], hierarquia, hosts=("fixo",))
        self.ana, self.bia, self.davi = map(acesso.of_usuario, people)
        self.der = [factories.issue(hierarquia, self.ours, host=host) for host in ("um", "dois")]

    def draft(self, agente: Any, ator: Any, der: bytes) -> Any:
        from adesao import services as adesao

        draft = adesao.open_request(agente, ator=ator, now=self.now)
        if not adesao.attach(draft, nome="corrida.cer", data=der, ator=ator, now=self.now).aceito:
            raise RuntimeError("the file of the race has to be acceptable before it starts")
        return draft

    def new_ones(self) -> Any:
        from certificados.selectors import in_service

        return in_service().exclude(nome_arquivo="fixo.cer")

    def services(self, drafts: Sequence[tuple[Any, Any]], pista: Pista) -> tuple[list[str], int]:
        """Both conclude; the outcomes and how many certificates came in. The place is empty again afterwards."""
        from adesao import services as adesao
        from certificados import services as certificados

        outcomes = pista.race(
            *(lambda d=draft, a=ator: adesao.conclude(d, ator=a, now=self.now) for draft, ator in drafts)
        )
        found = list(self.new_ones().select_related("agente"))
        for certificado in found:
            certificados.remove(certificado, by="bench", now=self.now, motivo="corrida")
        for draft, _ in drafts:
            draft.refresh_from_db()
            if draft.closed_at is None:
                adesao.cancel(draft, now=self.now)
        return outcomes, len(found)

    def insert(self, agente: Any, *, slot: int, subject: str) -> object:
        """What a faulty program could do: a row without any rule having been asked."""
        from certificados.models import Certificado

        return Certificado.objects.create(
            agente=agente, nome_arquivo="cru.cer", sha256="0" * 64, titular="x", emissor="x", certificadora="x",
            versao=3, numero_serie="1", valid_from=self.now, valid_until=self.now, subject_hash=subject,
            subject_hash_unordered=subject, spki_sha256="0" * 64, politica="x", slot=slot, limite=2,
            included_at=self.now, included_by="bench",
        )  # fmt: skip

    def raw(self, pista: Pista, *contenders: Contender) -> tuple[list[str], int]:
        outcomes = pista.race(*contenders)
        found, _ = self.new_ones().delete()
        return outcomes, found


def third_certificate(c: Cenario, pista: Pista, number: int) -> tuple[list[str], int]:
    drafts = [(c.draft(c.ours, ator, der), ator) for ator, der in zip((c.ana, c.bia), c.der, strict=True)]
    return c.services(drafts, pista)


def same_subject(c: Cenario, pista: Pista, number: int) -> tuple[list[str], int]:
    who = ((c.ours, c.ana), (c.theirs, c.davi))
    return c.services([(c.draft(agente, ator, c.der[0]), ator) for agente, ator in who], pista)


def third_raw(c: Cenario, pista: Pista, number: int) -> tuple[list[str], int]:
    return c.raw(pista, *(lambda s=s: c.insert(c.ours, slot=2, subject=f"{number}{s}") for s in "ab"))


def subject_raw(c: Cenario, pista: Pista, number: int) -> tuple[list[str], int]:
    return c.raw(pista, *(lambda a=a: c.insert(a, slot=2, subject=str(number)) for a in (c.ours, c.theirs)))


CORRIDAS = {
    "terceiro certificado": third_certificate,
    "mesmo subject": same_subject,
    "terceiro, só o banco": third_raw,
    "subject, só o banco": subject_raw,
}


def run(banco: str, rodadas: int, semente: int) -> int:
    _banco.start(banco)
    cenario, pista, breaks = Cenario(), Pista(semente), 0
    for name, play in CORRIDAS.items():
        placar, started = Placar(), time.monotonic()
        for number in range(rodadas):
            outcomes, entered = play(cenario, pista, number)
            placar.count(outcomes, whole=entered == 1)
        ends = ", ".join(f"{end}: {count}" for end, count in placar.fins.most_common())
        print(
            f"{banco:<10} {name:<21} {placar.rodadas} rodadas, {placar.quebras} quebras "
            f"({ends}; {time.monotonic() - started:.0f} s)",
            flush=True,
        )
        breaks += placar.quebras
    return breaks


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--completo", action="store_true")
    parser.add_argument("--rodadas", type=int, default=30)
    parser.add_argument("--semente", type=int, default=20261121)
    parser.add_argument("--banco", choices=_banco.BANCOS, help="só este, neste processo")
    chosen = parser.parse_args()
    rodadas = COMPLETO if chosen.completo else chosen.rodadas
    if chosen.banco:
        return 1 if run(chosen.banco, rodadas, chosen.semente) else 0
    print(f"semente {chosen.semente}; quebras têm de ser 0 e quem perde ouve 409", flush=True)
    rest = [f"--rodadas={rodadas}", f"--semente={chosen.semente}"]
    ends = [subprocess.run([sys.executable, __file__, f"--banco={banco}", *rest]).returncode for banco in _banco.BANCOS]
    return max(ends)


if __name__ == "__main__":
    sys.exit(main())
