"""Reading for a decision: one statement by indexes, and only where it is refused a second one that says why."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from weakref import WeakSet

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.utils import InterfaceError, OperationalError

from adesao.models import Credencial
from certificados.models import Certificado
from portal.agentes.models import Agente, ChaveDeMaquina
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
    seen_at: datetime | None


def _statement() -> str:
    """The ORM takes as long to write it as the database to answer it, so it is written once."""
    quote = connection.ops.quote_name
    chave, agente, credencial, certificado, passagem = (
        quote(model._meta.db_table) for model in (ChaveDeMaquina, Agente, Credencial, Certificado, Passagem)
    )
    return f"""
        SELECT k.id, k.escopo, k.revoked_at, k.expires_at, k.last_used_at,
               a.id, a.cnpj, a.sigla, a.situacao, s.senha_hash, s.versao,
               c.id, c.valid_from, c.valid_until, p.falhas, p.falhas_desde, p.seen_at
          FROM {chave} k
          LEFT JOIN {agente} a ON a.cnpj = %s
          LEFT JOIN {credencial} s ON s.agente_id = a.id
          LEFT JOIN {certificado} c ON c.agente_id = a.id AND c.sha256 = %s AND c.slot IS NOT NULL
          LEFT JOIN {passagem} p ON p.certificado_id = c.id
         WHERE k.sha256 = %s
    """  # noqa: S608 - names of our own tables; what is asked comes as parameters


SQL = _statement()
PREPARE = f"PREPARE gateway_ficha (text, text, text) AS {SQL}".replace("%s", "${}").format(1, 2, 3)
EXECUTE = "EXECUTE gateway_ficha (%s, %s, %s)"
_with_statement: WeakSet[Any] = WeakSet()


def look_up(*, chave_sha256: str, cnpj: str, sha256: str, now: datetime) -> Ficha | None:
    """None where there is no such key. Read anew at each call: an exclusion is seen from its commit on."""
    row = _ask((cnpj, sha256, chave_sha256))
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
        _instant(certificado[5]),
    )  # fmt: skip


def _ask(params: tuple[str, str, str]) -> Any:
    """Without the question whether the connection lives, which would double the cost: if it does not, once more."""
    connection.health_check_done = True  # type: ignore[attr-defined]  # the stubs leave it out
    try:
        return _execute(params)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return _execute(params)


def _execute(params: tuple[str, str, str]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(EXECUTE if _prepared(cursor) else SQL, params)
        return cursor.fetchone()


def _prepared(cursor: CursorWrapper) -> bool:
    """Once a connection: PostgreSQL plans the five tables five times as long as it reads them.

    Not where the connections are a pooler's that hands each transaction another one: Django's own switch says so.
    """
    if connection.vendor != "postgresql" or connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return False
    if connection.connection not in _with_statement:
        cursor.execute(PREPARE)
        _with_statement.add(connection.connection)
    return True


def _instant(value: Any) -> datetime | None:
    """SQLite gives it without its time zone, which is UTC."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def why_unknown(agente: int, sha256: str) -> Motivo:
    """Of a certificate that is not among those of that agente in service."""
    rows = Certificado.objects.filter(sha256=sha256)
    if rows.filter(agente=agente).exists():  # first: another of theirs may go on using it (docs/decisions/040)
        return Motivo.CERTIFICADO_EXCLUIDO
    if rows.filter(slot__isnull=False).exists():
        return Motivo.CERTIFICADO_DE_OUTRO
    return Motivo.CERTIFICADO_DESCONHECIDO


def blocked(situacao: str) -> bool:
    return situacao in settings.GATEWAY_SITUACOES_IMPEDIDAS
