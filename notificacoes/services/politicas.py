"""Telling companies of certificates that a rule set to come would not take.

The ledger is the memory: one entry for each company, with what is told of each certificate. The plan turns the entries
into one message for each person, as it does with all that is read there. No certificate is told twice of one rule set.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from certificados.models import Certificado
from certificados.simulacao import Empresa, Policy, Reprovado, Simulacao
from notificacoes.enderecos import domain
from notificacoes.models import Envio, Numeros, Tipo
from portal import clock
from portal.agentes.acesso import in_force
from portal.agentes.models import Agente, Papel, Representacao
from portal.auditoria.models import Evento
from portal.auditoria.services import Fato, act, record_all
from portal.kernel.errors import Conflict

TIPO = "aviso.politica"
MUDOU = (
    "Enquanto você conferia, mudaram os certificados, os representantes ou o que já foi avisado. Nada foi enviado: "
    "confira os números de novo."
)
NINGUEM = "Não há ninguém a avisar: nada foi enviado."


@dataclass(frozen=True, slots=True)
class Previsao:
    """What one act would send. `marca` stands for all of it: whoever confirms has seen exactly this."""

    fatos: tuple[Fato, ...]  # a company each
    pessoas: Mapping[int, tuple[str, ...]]  # user id -> CNPJs of what they would be told
    reprovados: int  # certificates that would fail
    ja_avisados: int  # of those, told before
    sem_representante: tuple[Agente, ...]

    @property
    def certificados(self) -> int:
        return sum(len(fato.dados["certificados"]) for fato in self.fatos)

    @property
    def marca(self) -> str:
        told = sorted((fato.cnpj, one["sha256"]) for fato in self.fatos for one in fato.dados["certificados"])
        return hashlib.sha256(repr((told, sorted(self.pessoas.items()))).encode()).hexdigest()

    def told_to(self, pessoa: int) -> list[Fato]:
        return [fato for fato in self.fatos if fato.cnpj in self.pessoas[pessoa]]


def forecast(policy: Policy, *, now: datetime) -> Previsao:
    """Raises PoliticaRuim where the rule set is over. Judges every certificate in service: it takes its time."""
    return _forecast(policy, list(Simulacao(policy, now=now).companies()), now=now)


def announce_policy(policy: Policy, *, marca: str, by: str, now: datetime) -> Previsao:
    """Raises Conflict where it is no longer what was seen, or there is nobody to tell."""
    found = list(Simulacao(policy, now=now).companies())  # before the ledger is locked: everybody else may go on
    with act():
        previsao = _forecast(policy, list(_still(found)), now=now)
        if previsao.marca != marca:
            raise Conflict(MUDOU)
        if not previsao.fatos:
            raise Conflict(NINGUEM)
        record_all(previsao.fatos, at=now, ator=by)
    return previsao


def _still(found: Sequence[Empresa]) -> Iterator[Empresa]:
    """Without what left service meanwhile."""
    pks = Numeros(one.pk for empresa in found for one in empresa.reprovados)
    staying = set(Certificado.objects.filter(pk__in=pks, slot__isnull=False).values_list("pk", flat=True))
    for empresa in found:
        reprovados = tuple(one for one in empresa.reprovados if one.pk in staying)
        if reprovados:
            yield Empresa(empresa.agente, reprovados, empresa.bons)


def _forecast(policy: Policy, empresas: Sequence[Empresa], *, now: datetime) -> Previsao:
    told = _told(policy.codigo)
    people = _people([empresa.agente.pk for empresa in empresas], now=now)
    fatos: list[Fato] = []
    alone: list[Agente] = []
    concerned: dict[int, list[str]] = defaultdict(list)
    for empresa in empresas:
        cnpj = empresa.agente.cnpj
        new = [one for one in empresa.reprovados if (cnpj, one.sha256) not in told]
        if new and empresa.agente.pk in people:
            fatos.append(_fact(policy, empresa, new))
            for pk in people[empresa.agente.pk]:
                concerned[pk].append(cnpj)
        elif new:
            alone.append(empresa.agente)
    everything = sum(len(empresa.reprovados) for empresa in empresas)
    return Previsao(
        fatos=tuple(fatos),
        pessoas={pk: tuple(cnpjs) for pk, cnpjs in sorted(concerned.items())},
        reprovados=everything,
        ja_avisados=sum((e.agente.cnpj, one.sha256) in told for e in empresas for one in e.reprovados),
        sem_representante=tuple(alone),
    )


def _told(codigo: str) -> set[tuple[str, str]]:
    rows = Evento.objects.filter(tipo=TIPO, objeto=codigo).values_list("cnpj", "dados")
    return {(cnpj, one["sha256"]) for cnpj, dados in rows.iterator() for one in dados["certificados"]}


def _people(agentes: Iterable[int], *, now: datetime) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = _representatives(now).filter(agente__in=Numeros(agentes))
    for agente, usuario in rows.values_list("agente_id", "usuario_id"):
        found[agente].add(usuario)
    return dict(found)


def _representatives(now: datetime) -> QuerySet[Representacao]:
    return Representacao.objects.filter(
        in_force(clock.local_date(now)), papel=Papel.REPRESENTANTE_CCEE, usuario__is_active=True
    )


def _fact(policy: Policy, empresa: Empresa, new: Iterable[Reprovado]) -> Fato:
    dados = {
        "titulo": policy.titulo,
        "desde": policy.desde.isoformat(),
        "certificados": [_certificate(one) for one in new],
        "bons": empresa.bons,
    }
    return Fato(TIPO, empresa.agente.cnpj, policy.codigo, dados)


def _certificate(one: Reprovado) -> dict[str, Any]:
    return {
        "certificado": one.pk,
        "arquivo": one.arquivo,
        "sha256": one.sha256,
        "reprovado_desde": one.desde.isoformat(),
        "valido_ate": one.valid_until.isoformat(),
        "regras": [
            {
                "codigo": falha.codigo,
                "titulo": falha.titulo,
                "encontrado": falha.encontrado,
                "exigido": falha.exigido,
                "como_resolver": falha.como_resolver,
            }
            for falha in one.falhas
        ],
    }


def letters(eventos: Mapping[str, Sequence[int]], *, now: datetime) -> list[Envio]:
    """Entries of the ledger by CNPJ, as one message for each representante CCEE, with all that they look after."""
    people: dict[int, list[tuple[int, str]]] = defaultdict(list)
    if eventos:
        rows = _representatives(now).filter(agente__cnpj__in=list(eventos))
        for pk, cnpj in rows.values_list("usuario", "agente__cnpj").distinct():
            people[pk] += [(numero, cnpj) for numero in eventos[cnpj]]
    return [_letter(pk, sorted(about), now=now) for pk, about in sorted(people.items())]


def _letter(pk: int, about: Sequence[tuple[int, str]], *, now: datetime) -> Envio:
    first = about[0][0]
    return Envio(
        tipo=Tipo.POLITICA,
        chave=f"{Tipo.POLITICA}:{first}:{pk}",
        message_id=f"{Tipo.POLITICA}-{first}-{pk}@{domain()}",
        destinatario_id=pk,
        dados={"eventos": [numero for numero, _ in about], "cnpjs": sorted({cnpj for _, cnpj in about})},
        prazo=now,
        created_at=now,
    )
