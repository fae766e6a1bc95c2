"""Which companies a person could conclude now, and what the others lack: in a number of queries that does not grow."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from adesao.domain.lote import MAXIMO, Linha, Situacao
from adesao.domain.pendencias import Preparo, missing
from adesao.models import Anexo, Credencial, Solicitacao
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.kernel import cnpj as kernel_cnpj
from portal.kernel.text import searchable, visible

NAO_ENCONTRADA = "Não está entre as empresas de que você é representante CCEE. Confira a sigla ou o CNPJ."
MOSTRADAS = 100  # of those that are not ready
REPETIDA = "Repete uma linha anterior."
SEM_RASCUNHO = "Já aderiu, e não há solicitação sua em aberto: não há o que concluir."


@dataclass(frozen=True, slots=True)
class Candidata:
    """`falta`: in words. `so_senha`: nothing but a password, which can be typed for many at once."""

    agente: Agente
    rascunho: int | None
    falta: tuple[str, ...]
    so_senha: bool

    @property
    def pronta(self) -> bool:
        return not self.falta

    @property
    def marcavel(self) -> bool:
        return self.pronta or self.so_senha

    def line(self) -> Linha:
        return Linha(self.agente.cnpj, visible(self.agente.sigla, 60), self.rascunho)


def candidates(ator: Ator, *, now: datetime) -> list[Candidata]:
    """Companies with an open draft of this person, and those that have not adhered; the ready ones first."""
    if ator.usuario is None:
        return []
    agentes = acesso.alteraveis(ator, on=clock.local_date(now)).order_by("sigla_busca", "pk")
    drafts = Solicitacao.objects.filter(aberta_por=ator.usuario, closed_at=None)
    agentes = agentes.annotate(aderiu=Exists(Credencial.objects.filter(agente=OuterRef("pk"))))
    agentes = agentes.filter(Q(aderiu=False) | Exists(drafts.filter(agente=OuterRef("pk"))))
    refused = Prefetch("anexos", Anexo.objects.filter(aceito=False).defer("conteudo"), to_attr="recusados")
    counted = drafts.annotate(arquivos=Count("anexos", distinct=True), exclusoes=Count("excluir", distinct=True))
    of_agente = {draft.agente_id: draft for draft in counted.prefetch_related(refused)}
    found = [_candidate(agente, of_agente.get(agente.pk)) for agente in agentes]
    return sorted(found, key=lambda one: (not one.pronta, not one.so_senha))


def _candidate(agente: Any, draft: Any) -> Candidata:
    preparo = Preparo(primeira=not agente.aderiu, senha=False)
    if draft is not None:
        preparo = Preparo(
            primeira=not agente.aderiu,
            senha=bool(draft.senha_hash),
            arquivos=draft.arquivos,
            exclusoes=draft.exclusoes,
            recusados=[anexo.recusa for anexo in draft.recusados],
        )
    erros = missing(preparo)
    falta = tuple(message for messages in erros.values() for message in messages)
    return Candidata(agente, draft.pk if draft else None, falta, so_senha=list(erros) == ["senha"])


@dataclass(frozen=True, slots=True)
class Lista:
    """What a list that somebody gave names. `problemas`: its other lines, as lines of the report."""

    escolhidas: frozenset[int]  # Agente ids
    problemas: tuple[Linha, ...]

    @property
    def nomeia(self) -> bool:
        return bool(self.escolhidas or self.problemas)


def resolve(cells: Sequence[tuple[int, str]], known: Iterable[Candidata], ator: Ator, *, now: datetime) -> Lista:
    """By CNPJ or by SIGLA; unknown and not represented are told in the same words."""
    by_name = _by_name(ator, now=now)
    possible = {one.agente.pk for one in known}
    chosen: set[int] = set()
    problems: list[Linha] = []
    for number, text in cells:
        pk = by_name.get(kernel_cnpj.compact(text)) or by_name.get(searchable(text))
        if pk is None:
            problems.append(_problem(number, text, NAO_ENCONTRADA))
        elif pk in chosen:
            problems.append(_problem(number, text, REPETIDA))
        elif pk not in possible:
            problems.append(_problem(number, text, SEM_RASCUNHO, Situacao.JA_FEITA))
        else:
            chosen.add(pk)
    return Lista(frozenset(chosen), tuple(problems))


def page(candidatas: Sequence[Candidata], lista: Lista | None, ticked: Collection[int]) -> dict[str, Any]:
    """For the page: the companies of the list, or all; of those that are not ready only the first."""
    shown = [one for one in candidatas if lista is None or not lista.nomeia or one.agente.pk in lista.escolhidas]
    can, cannot = [one for one in shown if one.marcavel], [one for one in shown if not one.marcavel]
    return {
        "marcaveis": [(one, one.agente.pk in ticked) for one in can[:MAXIMO]],
        "outras": cannot[:MOSTRADAS],
        "mais": len(can[MAXIMO:]),
        "mais_outras": len(cannot[MOSTRADAS:]),
        "falta_senha": any(one.so_senha for one in can),
    }


def _by_name(ator: Ator, *, now: datetime) -> dict[str, int]:
    rows = acesso.alteraveis(ator, on=clock.local_date(now)).values_list("pk", "cnpj", "sigla_busca")
    return {name: pk for pk, cnpj, sigla in rows for name in (sigla, cnpj)}


def _problem(number: int, text: str, why: str, situacao: Situacao = Situacao.RECUSADA) -> Linha:
    return Linha("", visible(text, 60), situacao=situacao, texto=f"Linha {number}: {why}")
