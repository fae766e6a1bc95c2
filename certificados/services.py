"""The certificate engine's writers: judge a file, put it in service, take it out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from certificados import selectors
from certificados.domain import reader
from certificados.domain.facts import Facts
from certificados.domain.judge import Contexto
from certificados.domain.judge import judge as judge_facts
from certificados.domain.policy import BUILTIN, Policy
from certificados.domain.report import Relatorio
from certificados.models import Arquivo, Certificado, Politica
from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.services import Fato, act, record, record_all
from portal.icp.selectors import trust_store
from portal.kernel.errors import Conflict, DomainError

__all__ = [
    "Facts",
    "Pedido",
    "Relatorio",
    "as_conflict",
    "judge",
    "open_file",
    "record_download",
    "record_refusal",
    "remove",
    "remove_expired",
    "store",
]

SUBJECT_TAKEN = (
    "O requerente (subject) deste certificado já está em uso por outro certificado ativo na plataforma. "
    "Nada foi alterado. Peça à certificadora um certificado com outro requerente ou exclua o anterior."
)
SLOTS_TAKEN = (
    "Enquanto você concluía, outra pessoa incluiu um certificado para esta empresa e o limite por CNPJ foi "
    "atingido. Nada foi alterado. Recarregue a página e escolha qual substituir."
)


@dataclass(frozen=True, slots=True)
class Pedido:
    """What a request would leave behind: whose it is, what goes out, which other files come in with it."""

    agente: Agente
    excluir: Collection[int] = ()  # Certificado ids
    junto: Sequence[Facts] = ()  # the other accepted files of the request
    por: Ator | None = None  # who acts: may use for one company what serves another of theirs, where the policy lets


def open_file(data: bytes) -> Facts:
    """Never raises; what the file looks like and what could be read of it are in the Facts."""
    return Facts.of(reader.read(data))


def judge(facts: Facts, *, arquivo: str, now: datetime, pedido: Pedido | None = None, cnpj: str = "") -> Relatorio:
    """The rule-by-rule report under today's policy. Storing judges again."""
    policy = selectors.policy_at(clock.local_date(now))
    contexto = _contexto(facts, pedido, policy, now) if pedido else Contexto(agente_cnpj=cnpj or None)
    trust = trust_store(policy.raizes)
    return judge_facts(facts, arquivo=arquivo, at=now, policy=policy, trust=trust, contexto=contexto)


def _contexto(facts: Facts, pedido: Pedido, policy: Policy, now: datetime) -> Contexto:
    staying = selectors.in_service().exclude(pk__in=pedido.excluir)
    holders = staying.filter(subject_hash=facts.subject_hash)
    shared = _shares(holders, facts, policy, agente=pedido.agente, por=pedido.por, now=now)
    same_key = Certificado.objects.filter(spki_sha256=facts.spki_sha256)
    twins = [other for other in pedido.junto if other.subject_hash and other.subject_hash == facts.subject_hash]
    return Contexto(
        agente_cnpj=pedido.agente.cnpj,
        subject_em_uso=bool(twins) or (not shared and holders.exists()),
        ativos_depois=staying.filter(agente=pedido.agente).count() + len(pedido.junto) + 1,
        chave_ja_usada=(same_key.exclude(sha256=facts.sha256) if shared else same_key).exists(),
        compartilhado=shared,
    )


def _shares(
    holders: QuerySet[Certificado], facts: Facts, policy: Policy, *, agente: Agente, por: Ator | None, now: datetime
) -> bool:
    if not policy.varias_empresas:
        return False
    return selectors.may_share(holders, facts.sha256 or "", agente=agente, por=por, on=clock.local_date(now))


@act()
def store(
    agente: Agente, facts: Facts, *, arquivo: str, by: str, now: datetime, protocolo: str, por: Ator | None = None
) -> Certificado:
    """Put a judged certificate in service. The caller holds the Agente's row lock and has judged in this transaction.

    `por`: see Pedido. Looked at again here: what a row calls shared, the database no longer keeps apart.

    Raises Conflict where the database already holds as many as the policy lets an Agente have.
    """
    policy = selectors.policy_at(clock.local_date(now))
    slot = _free_slot(agente, policy.max_certificados)
    holders = selectors.in_service().filter(subject_hash=facts.subject_hash)
    certificado = Certificado.objects.create(
        agente=agente,
        nome_arquivo=arquivo,
        **_stored_facts(facts),
        politica=policy.codigo,
        slot=slot,
        limite=policy.max_certificados,
        compartilhado=_shares(holders, facts, policy, agente=agente, por=por, now=now),
        included_at=now,
        included_by=by,
    )
    Arquivo.objects.create(certificado=certificado, der=facts.leitura.der)
    _record("certificado.incluido", certificado, by=by, now=now, protocolo=protocolo)
    return certificado


def _free_slot(agente: Agente, limit: int) -> int:
    taken = set(selectors.of_agente(agente).values_list("slot", flat=True))
    free = [slot for slot in range(1, limit + 1) if slot not in taken]
    if not free:
        raise Conflict(SLOTS_TAKEN)
    return free[0]


def _stored_facts(facts: Facts) -> dict[str, object]:
    copied = ("sha256", "valid_from", "valid_until", "subject_hash", "subject_hash_unordered", "spki_sha256")
    return {
        **{name: getattr(facts, name) for name in copied},
        "titular": (facts.titular or "")[:1000],
        "emissor": (facts.emissor or "")[:1000],
        "certificadora": (facts.certificadora or "")[:200],
        "versao": facts.version,
        "numero_serie": (facts.numero_serie or "")[:80],
        "cnpj": facts.cnpj or "",
        "cnpj_origem": facts.cnpj_origem or "",
    }


@act()
def remove(certificado: Certificado, *, by: str, now: datetime, motivo: str, protocolo: str = "") -> None:
    """Take out of service; the row and its DER stay as history. Raises Conflict when it is out already."""
    out = {"slot": None, "removed_at": now, "removed_by": by, "motivo": motivo[:200]}
    if not selectors.in_service().filter(pk=certificado.pk).update(**out):
        raise Conflict("Este certificado já tinha sido excluído por outra pessoa. Recarregue a página.")
    _hand_on([certificado.subject_hash])
    _record("certificado.excluido", certificado, by=by, now=now, protocolo=protocolo, motivo=motivo)


def _hand_on(subjects: Iterable[str]) -> None:
    """Where the row that keeps a subject unique left service, the oldest of those that share it takes its place."""
    kept = selectors.in_service().filter(subject_hash=OuterRef("subject_hash"), compartilhado=False)
    orphans = selectors.in_service().filter(~Exists(kept), subject_hash__in=list(subjects), compartilhado=True)
    heirs = dict(orphans.order_by("-pk").values_list("subject_hash", "pk"))
    Certificado.objects.filter(pk__in=heirs.values()).update(compartilhado=False)


@act()
def remove_expired(*, by: str, now: datetime, limit: int = 500) -> int:
    """Take out of service what ended before `now`, the longest ended first; how many. Call again until it is none."""
    expired = selectors.in_service().filter(valid_until__lt=now).select_related("agente").order_by("valid_until", "pk")
    rows = list(expired[:limit])
    for row in rows:
        row.slot, row.removed_at, row.removed_by = None, now, by
        row.motivo = f"Venceu em {clock.local_date(row.valid_until):%d/%m/%Y}"
    Certificado.objects.bulk_update(rows, ["slot", "removed_at", "removed_by", "motivo"])
    _hand_on({row.subject_hash for row in rows})
    fatos = [
        Fato("certificado.excluido", row.agente.cnpj, row.nome_arquivo, {"sha256": row.sha256, "motivo": row.motivo})
        for row in rows
    ]
    if fatos:
        record_all(fatos, at=now, ator=by)
    return len(rows)


@act()
def record_download(certificado: Certificado, *, by: str, now: datetime) -> None:
    _record("certificado.baixado", certificado, by=by, now=now)


def record_refusal(relatorio: Relatorio, *, agente: Agente, by: str, now: datetime) -> None:
    """The codes that failed and, where the content may be named at all, its fingerprint."""
    codes = [resultado.codigo for resultado in relatorio.verdict.falhas]
    with act():
        record(
            "certificado.recusado",
            at=now,
            ator=by,
            cnpj=agente.cnpj,
            objeto=relatorio.arquivo,
            formato=str(relatorio.formato),
            regras=codes,
            sha256=relatorio.facts.sha256 or "",
        )


def _record(tipo: str, certificado: Certificado, *, by: str, now: datetime, **dados: str) -> None:
    record(
        tipo,
        at=now,
        ator=by,
        cnpj=certificado.agente.cnpj,
        objeto=certificado.nome_arquivo,
        sha256=certificado.sha256,
        **{key: value for key, value in dados.items() if value},
    )


@act()
def save_politica(policy: Policy, *, by: str, now: datetime) -> Politica:
    """Create or change the rule set of that code; what was accepted under the old one keeps its limits."""
    row = Politica.objects.filter(codigo=policy.codigo).first()
    tipo = "politica.alterada" if row else "politica.incluida"
    row = row or Politica(codigo=policy.codigo)
    row.titulo, row.desde, row.ate, row.dados = policy.titulo, policy.desde, policy.ate, policy.to_dict()
    row.save()
    record(tipo, at=now, ator=by, objeto=policy.codigo, dados=row.dados)
    return row


@act()
def seed(*, now: datetime) -> None:
    """The rule sets that come with the release; a row that operations changed is left alone."""
    known = set(Politica.objects.values_list("codigo", flat=True))
    for policy in BUILTIN:
        if policy.codigo not in known:
            save_politica(policy, by="sistema", now=now)


def as_conflict(error: Exception) -> DomainError | None:
    """The words for a uniqueness the database refused at the last moment; None for anything else."""
    text = str(error)
    if "certificado_subject_unico" in text or "certificado.subject_hash" in text:
        return Conflict(SUBJECT_TAKEN)
    if "certificado_limite_por_cnpj" in text or "certificado.slot" in text:
        return Conflict(SLOTS_TAKEN)
    return None
