"""Reading for a decision: one statement by indexes, and only where it is refused a second one that says why."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model

from adesao.models import Credencial
from certificados.models import Certificado
from portal.agentes.models import Agente, ChaveDeMaquina
from portal.gateway.consulta import Consulta
from portal.gateway.domain import decisao
from portal.gateway.domain.decisao import Motivo
from portal.gateway.models import Passagem


@dataclass(frozen=True, slots=True)
class Chave:
    """The gateway's own key."""

    pk: int
    escopo: str
    valida: bool
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ficha:
    """All that is known of one who asks to enter. `agente`: None where there is no such CNPJ."""

    chave: Chave
    agente: int | None
    cnpj: str
    sigla: str
    situacao: str
    senha_hash: str
    versao: int | None  # None: no adesão
    certificado: decisao.Certificado | None
    # Of this certificate, or of all that are not the agente's:
    seen_at: datetime | None
    refused_at: datetime | None
    motivo: str  # of that refusal


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


CHAVE, AGENTE, CREDENCIAL, CERTIFICADO, PASSAGEM = map(
    _table, (ChaveDeMaquina, Agente, Credencial, Certificado, Passagem)
)
# The ORM takes as long to write these as the database to answer them.
FICHA = Consulta(
    "gateway_ficha",
    f"""
        SELECT k.id, k.escopo, k.revoked_at, k.expires_at, k.last_used_at,
               a.id, a.cnpj, a.sigla, a.situacao, s.senha_hash, s.versao,
               c.id, c.valid_from, c.valid_until, p.falhas, p.falhas_desde, p.seen_at, p.refused_at, p.motivo
          FROM {CHAVE} k
          LEFT JOIN {AGENTE} a ON a.cnpj = %s
          LEFT JOIN {CREDENCIAL} s ON s.agente_id = a.id
          LEFT JOIN {CERTIFICADO} c ON c.agente_id = a.id AND c.sha256 = %s AND c.slot IS NOT NULL
          LEFT JOIN {PASSAGEM} p ON p.agente_id = a.id AND COALESCE(p.certificado_id, 0) = COALESCE(c.id, 0)
         WHERE k.sha256 = %s
    """,  # noqa: S608 - names of our own tables; what is asked comes as parameters
    *("text", "text", "text"),
)
SEM_CADASTRO = Consulta(
    "gateway_sem_cadastro",
    f"""
        SELECT EXISTS (SELECT 1 FROM {CERTIFICADO} WHERE sha256 = %s AND agente_id = %s),
               EXISTS (SELECT 1 FROM {CERTIFICADO} WHERE sha256 = %s AND slot IS NOT NULL)
    """,  # noqa: S608 - as above
    *("text", "bigint", "text"),
)


def look_up(*, chave_sha256: str, cnpj: str, sha256: str, now: datetime) -> Ficha | None:
    """None where there is no such key. Read anew at each call: an exclusion is seen from its commit on."""
    row = FICHA.one(cnpj, sha256, chave_sha256)
    if row is None:
        return None
    key, agente, certificado = row[:5], row[5:11], row[11:]
    revoked, expires = _instant(key[2]), _instant(key[3])
    chave = Chave(key[0], key[1], revoked is None and expires is not None and now < expires, _instant(key[4]))
    valid_from, valid_until = _instant(certificado[1]), _instant(certificado[2])
    found = None
    if valid_from is not None and valid_until is not None:
        found = decisao.Certificado(
            certificado[0], valid_from, valid_until, certificado[3] or 0, _instant(certificado[4])
        )
    pk, its_cnpj, sigla, situacao, senha_hash, versao = agente
    return Ficha(
        chave, pk, its_cnpj or "", sigla or "", situacao or "", senha_hash or "", versao, found,
        _instant(certificado[5]), _instant(certificado[6]), certificado[7] or "",
    )  # fmt: skip


def _instant(value: Any) -> datetime | None:
    """SQLite gives it without its time zone, which is UTC."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def why_unknown(agente: int, sha256: str) -> Motivo:
    """Of a certificate that is not among those of that agente in service."""
    was_theirs, in_service = SEM_CADASTRO.one(sha256, agente, sha256)
    if was_theirs:  # first: another of theirs may go on using it (docs/decisions/040)
        return Motivo.CERTIFICADO_EXCLUIDO
    return Motivo.CERTIFICADO_DE_OUTRO if in_service else Motivo.CERTIFICADO_DESCONHECIDO


def blocked(situacao: str) -> bool:
    return situacao in settings.GATEWAY_SITUACOES_IMPEDIDAS
