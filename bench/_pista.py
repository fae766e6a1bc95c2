"""The track of bench/corrida.py: two threads with connections of their own, let go at the same moment."""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Barrier

from django.db import IntegrityError

from adesao import services as adesao
from adesao.models import Anexo, Solicitacao
from certificados.models import Certificado
from certificados.selectors import in_service
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente, Papel
from portal.demo.hierarquia import Hierarquia
from portal.icp import services as icp
from portal.kernel.errors import DomainError
from tests import factories

JITTER = 0.003  # seconds at most: who comes first changes from round to round
Contender = Callable[[], object]
Result = tuple[list[str], int]  # what became of each contender, how many certificates came into service


@dataclass
class Placar:
    """A break is any round that did not end in one winner, one loser and one certificate more."""

    rodadas: int = 0
    quebras: int = 0
    fins: Counter[str] = field(default_factory=Counter)

    def count(self, outcomes: Sequence[str], entered: int) -> None:
        self.rodadas += 1
        self.fins.update(outcomes)
        self.quebras += entered != 1 or outcomes.count("venceu") != 1


class Pista:
    def __init__(self, semente: int) -> None:
        self.pool, self.barrier = ThreadPoolExecutor(2), Barrier(2)
        self.random = random.Random(semente)  # noqa: S311 - no secret

    def race(self, *contenders: Contender) -> Result:
        """Also clears the track: the place that was raced for is free again."""
        runs = [self.pool.submit(self._run, contender, self.random.uniform(0, JITTER)) for contender in contenders]
        outcomes = [run.result() for run in runs]
        entered = in_service().exclude(nome_arquivo="fixo.cer")
        gone = {"slot": None, "removed_at": clock.now(), "nome_arquivo": "corrida.cer"}
        return outcomes, entered.update(**gone)

    def _run(self, contender: Contender, jitter: float) -> str:
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
        self.now = clock.now()
        hierarquia = Hierarquia.create(at=self.now)
        icp.include(hierarquia.authorities, raiz=True, by="bench", origem="bench", now=self.now)
        self.ours, self.theirs = factories.create_agente(), factories.create_agente()
        people = [factories.create_usuario(name) for name in ("ana", "bia", "davi")]
        for person, agente in zip(people, (self.ours, self.ours, self.theirs), strict=True):
            factories.represent(person, agente, Papel.REPRESENTANTE_CCEE)
        factories.adhere(self.ours, people[0], hierarquia, hosts=("fixo",))
        factories.adhere(self.theirs, people[2], hierarquia, hosts=("fixo",))
        self.ana, self.bia, self.davi = map(acesso.of_usuario, people)
        self.um, self.dois = (factories.issue(hierarquia, self.ours, host=host) for host in ("um", "dois"))

    def conclude(self, agente: Agente, ator: Ator, der: bytes) -> Contender:
        """A draft with an accepted file, ready to be concluded."""
        draft = Solicitacao.objects.create(agente=agente, ator=ator.nome, opened_at=self.now)
        facts = {"nome_arquivo": "corrida.cer", "conteudo": der, "relatorio": {}, "aceito": True}
        Anexo.objects.create(solicitacao=draft, attached_at=self.now, **facts)
        return partial(adesao.conclude, draft, ator=ator, now=self.now)

    def insert(self, agente: Agente, subject: str) -> Contender:
        """What a faulty program could do: a row without any rule having been asked."""
        row = Certificado(
            agente=agente, nome_arquivo="cru.cer", sha256="0" * 64, titular="x", emissor="x", certificadora="x",
            versao=3, numero_serie="1", valid_from=self.now, valid_until=self.now, subject_hash=subject,
            subject_hash_unordered=subject, spki_sha256="0" * 64, politica="x", slot=2, limite=2,
            included_at=self.now, included_by="bench",
        )  # fmt: skip
        return row.save


def third_certificate(c: Cenario, number: int) -> list[Contender]:
    return [c.conclude(c.ours, c.ana, c.um), c.conclude(c.ours, c.bia, c.dois)]


def same_subject(c: Cenario, number: int) -> list[Contender]:
    return [c.conclude(c.ours, c.ana, c.um), c.conclude(c.theirs, c.davi, c.um)]


def third_raw(c: Cenario, number: int) -> list[Contender]:
    return [c.insert(c.ours, f"{number} a"), c.insert(c.ours, f"{number} b")]


def subject_raw(c: Cenario, number: int) -> list[Contender]:
    return [c.insert(c.ours, str(number)), c.insert(c.theirs, str(number))]


CORRIDAS = {
    "terceiro certificado": third_certificate,
    "mesmo subject": same_subject,
    "terceiro, só o banco": third_raw,
    "subject, só o banco": subject_raw,
}


def run(banco: str, rodadas: int, semente: int) -> int:
    """Breaks of all races on this database."""
    cenario, pista, breaks = Cenario(), Pista(semente), 0
    for name, prepare in CORRIDAS.items():
        placar, started = Placar(), time.monotonic()
        for number in range(rodadas):
            placar.count(*pista.race(*prepare(cenario, number)))
        ends = ", ".join(f"{end}: {count}" for end, count in sorted(placar.fins.items()))
        seconds = time.monotonic() - started
        print(
            f"{banco:<10} {name:<20} {rodadas} rodadas, {placar.quebras} quebras ({ends}; {seconds:.0f} s)", flush=True
        )
        breaks += placar.quebras
    return breaks
