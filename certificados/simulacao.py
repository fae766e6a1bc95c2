"""Who would fail under a rule set that is not in force yet. Reads, in batches of companies; writes nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, Min, QuerySet

from certificados.domain.facts import Facts
from certificados.domain.judge import Contexto, judge
from certificados.domain.policy import Policy
from certificados.domain.reader import read
from certificados.domain.simulacao import Periodo, PoliticaRuim, Reprovado, read_policy
from certificados.models import Certificado
from certificados.selectors import SemPolitica, in_service, policy_of
from portal.agentes.models import Agente
from portal.icp.domain.trust import TrustStore
from portal.icp.selectors import trust_store

__all__ = ["Empresa", "Periodo", "Policy", "PoliticaRuim", "Reprovado", "Simulacao", "from_toml"]

LOTE = 250  # companies


@dataclass(frozen=True, slots=True)
class Empresa:
    """`bons`: how many of its certificates would remain good."""

    agente: Agente
    reprovados: tuple[Reprovado, ...]
    bons: int


@dataclass(slots=True)
class Totais:
    """Of what was read so far; `fora`: certificates that the rule set never meets, because they end before it."""

    fora: int = 0
    conferidos: int = 0
    reprovados: int = 0
    empresas: int = 0  # with some certificate that would fail
    sem_nenhum: int = 0  # of those, with none left
    regras: Counter[str] = field(default_factory=Counter)

    def add(self, empresa: Empresa) -> None:
        self.conferidos += len(empresa.reprovados) + empresa.bons
        self.reprovados += len(empresa.reprovados)
        self.empresas += bool(empresa.reprovados)
        self.sem_nenhum += bool(empresa.reprovados) and not empresa.bons
        self.regras.update(falha.codigo for one in empresa.reprovados for falha in one.falhas)

    def to_dict(self) -> dict[str, Any]:
        """Of plain types; the rules that most certificates break first."""
        numbers = ("fora", "conferidos", "reprovados", "empresas", "sem_nenhum")
        return {name: getattr(self, name) for name in numbers} | {"regras": dict(self.regras.most_common())}


def from_toml(data: bytes) -> Policy:
    """Raises PoliticaRuim."""
    return read_policy(data, _registered)


def _registered(codigo: str) -> Policy:
    try:
        return policy_of(codigo)
    except SemPolitica as error:
        raise LookupError(error.detail) from error


class Simulacao:
    """One rule set against what is in service. Iterating gives the companies with failures, in the order of their ids.

    Each certificate is judged at the instant at which the rule set would first meet it, as if it were sent then.
    """

    def __init__(self, policy: Policy, *, now: datetime, em: date | None = None) -> None:
        self.policy, self.now = policy, now
        self.periodo = Periodo.of(policy, now=now, em=em)
        self.totais = Totais()

    def certificates(self) -> QuerySet[Certificado]:
        """Those that are valid at some instant of it."""
        rows = in_service().filter(valid_until__gte=self.periodo.inicio)
        return rows.filter(valid_from__lt=self.periodo.fim) if self.periodo.fim else rows

    def companies(self, *, after: int = 0) -> Iterator[Empresa]:
        """Three queries for each batch, however many there are; `after`: the id of an Agente."""
        self.totais = Totais(fora=in_service().count() - self.certificates().count())
        trust = trust_store(self.policy.raizes)
        while batch := self._next(after):
            for empresa in self._judged(batch, trust):
                self.totais.add(empresa)
                if empresa.reprovados:
                    yield empresa
            after = batch[-1]

    def _next(self, after: int) -> Sequence[int]:
        rows = self.certificates().filter(agente__gt=after).order_by("agente").values_list("agente", flat=True)
        return list(rows.distinct()[:LOTE])

    def _judged(self, agentes: Sequence[int], trust: TrustStore) -> Iterator[Empresa]:
        rows = self.certificates().filter(agente__in=agentes).select_related("agente")
        rows = rows.annotate(der=F("arquivo__der"))  # as a row of its own the two would hold each other in memory
        of_each: dict[int, list[Certificado]] = {}
        for row in rows.order_by("agente_id", "valid_until", "pk"):
            of_each.setdefault(row.agente_id, []).append(row)
        first = _first_uses(agentes)
        for certificados in of_each.values():
            judged = [self._judge(row, len(certificados), first, trust) for row in certificados]
            failed = tuple(one for one in judged if one.falhas)
            yield Empresa(certificados[0].agente, failed, len(judged) - len(failed))

    def _judge(self, row: Any, how_many: int, first: dict[str, int], trust: TrustStore) -> Reprovado:
        at = self.periodo.moment(row.valid_from)
        # The database keeps subjects apart; a key was used before where an older row holds it.
        taken = row.compartilhado and not self.policy.varias_empresas
        reused = not row.compartilhado and first.get(row.spki_sha256, row.pk) < row.pk
        contexto = Contexto(row.agente.cnpj, taken, how_many, reused)
        facts = Facts.of(read(bytes(row.der)))
        report = judge(facts, arquivo=row.nome_arquivo, at=at, policy=self.policy, trust=trust, contexto=contexto)
        return Reprovado(row.pk, row.nome_arquivo, row.sha256, row.valid_until, at, report.verdict.falhas)


def _first_uses(agentes: Sequence[int]) -> dict[str, int]:
    """Key -> the first Certificado that held it, whosever it was, of all keys in service at these companies."""
    keys = in_service().filter(agente__in=agentes).values("spki_sha256")
    rows = Certificado.objects.filter(spki_sha256__in=keys).order_by().values_list("spki_sha256")
    return dict(rows.annotate(first=Min("pk")))
