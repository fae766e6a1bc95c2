"""Companies, people and certificates by the million, and one day's notices by hand, in plain SQL of either database."""

# ruff: noqa: S608 - numbers and names of our own

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection

from certificados.selectors import end_of_day
from notificacoes.enderecos import domain
from portal import clock

TABLES = (
    "agentes_agente", "agentes_usuario", "agentes_representacao", "certificados_certificado", "notificacoes_aviso",
    "notificacoes_envio",
)  # fmt: skip
DAYS = 363
FIRST = 2 * 86400  # nothing ends before the day that is measured


def fill(start_at: int, stop: int, *, start: datetime, seed: int) -> None:
    """Certificates number start_at+1 … stop; one company for two of them, one person for five companies."""
    with connection.cursor() as cursor:
        patient = connection.vendor == "postgresql"
        for statement in _rows(start_at, stop, start, seed):
            cursor.execute(f"SET statement_timeout = 0; {statement}; RESET statement_timeout" if patient else statement)


def tidy() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")
        else:
            cursor.execute("ANALYZE")


def _rows(start_at: int, stop: int, start: datetime, seed: int) -> Iterator[str]:
    pg = connection.vendor == "postgresql"
    wide = "lpad(to_hex(i), 64, '0')" if pg else "printf('%064x', i)"
    digits = "lpad(i::text, 14, '0')" if pg else "printf('%014d', i)"
    yes = "true" if pg else "1"
    ends = f"{int(start.timestamp()) + FIRST} + (i * 2654435761 + {seed} * 40503) % ({DAYS} * 86400)"
    instant = f"to_timestamp({ends})" if pg else f"datetime({ends}, 'unixepoch')"
    past = "timestamptz '2026-01-05 12:00Z'" if pg else "'2026-01-05 12:00:00'"

    def series(first: int, last: int) -> str:
        if pg:
            return f"generate_series({first}::bigint, {last}::bigint) AS g(i)"
        return (
            f"(WITH RECURSIVE g(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM g WHERE i < {last}) SELECT i FROM g)"
        )

    agentes, people = (start_at // 2 + 1, stop // 2), (start_at // 10 + 1, stop // 10)
    yield f"""INSERT INTO agentes_usuario (id, username, nome, email, telefone, password, is_active, is_staff,
        is_superuser, date_joined) SELECT i, 'p' || i, 'Pessoa ' || i, 'p' || i || '@exemplo.test', '', '', {yes},
        {"false, false" if pg else "0, 0"}, {past} FROM {series(*people)}"""
    yield f"""INSERT INTO agentes_agente (id, cnpj, sigla, razao_social, classe, situacao, telefone, sigla_busca,
        razao_social_busca) SELECT i, {digits}, 'A' || i, 'Agente ' || i, 'gerador', 'ativo', '', 'A' || i,
        'AGENTE ' || i FROM {series(*agentes)}"""
    for papel, who in (
        ("representante_ccee", "(i - 1) / 5 + 1"),
        ("representante_legal", f"1 + (i * 7) % {stop // 10}"),
    ):
        yield f"""INSERT INTO agentes_representacao (usuario_id, agente_id, papel, desde)
            SELECT {who}, i, '{papel}', '2020-01-01' FROM {series(*agentes)}"""
    yield f"""INSERT INTO certificados_certificado (id, agente_id, nome_arquivo, sha256, titular, emissor,
        certificadora, versao, numero_serie, valid_from, valid_until, cnpj, cnpj_origem, subject_hash,
        subject_hash_unordered, spki_sha256, politica, slot, limite, included_at, included_by, removed_by, motivo)
        SELECT i, (i - 1) / 2 + 1, i || '.cer', {wide}, 'CN=' || i, 'CN=AC', 'AC', 3, '1', {past}, {instant}, '', '',
        {wide}, {wide}, {wide}, 'manual-2.0', 1 + i % 2, 2, {past}, 'bench', '', '' FROM {series(start_at + 1, stop)}"""


def by_hand(now: datetime) -> Iterator[str]:
    yield from (_by_hand_postgresql if connection.vendor == "postgresql" else _by_hand_sqlite)(now)


def _windows(now: datetime) -> str:
    """Certificates whose 30th, 15th or 7th day is that day, with the people to tell."""
    today = clock.local_date(now)
    pieces = []
    for lead in (30, 15, 7):
        first, last = (end_of_day(today + timedelta(days=lead - back)) for back in (1, 0))
        papeis = "" if lead == 7 else "AND r.papel = 'representante_ccee'"
        pieces.append(f"""SELECT DISTINCT c.id AS certificado_id, {lead} AS antecedencia,
            r.usuario_id AS destinatario_id, c.valid_until AS vence_em FROM certificados_certificado c
            JOIN agentes_representacao r ON r.agente_id = c.agente_id {papeis} AND r.desde <= '{today}'
            AND (r.ate IS NULL OR r.ate >= '{today}') JOIN agentes_usuario u ON u.id = r.usuario_id AND u.is_active
            WHERE c.slot IS NOT NULL AND c.valid_until >= '{_text(first)}' AND c.valid_until < '{_text(last)}'""")
    return " UNION ALL ".join(pieces)


def _text(instant: datetime) -> str:
    offset = "+00" if connection.vendor == "postgresql" else ""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S}{offset}"


COLUMNS = """chave, message_id, destinatario_id, prazo, tipo, dados, created_at, estado, motivo, tentativas, quedas,
    repeticoes, lease_token, endereco, smtp_resposta, corpo_sha256, devolucao"""


def _message(epoch: str) -> str:
    """The first four columns, of the notices of one person."""
    return f"""'vencimento:' || min(id) AS chave, 'aviso-' || min(id) || '-' || min(antecedencia) || '-'
        || destinatario_id || '-' || {epoch} || '-' || count(*) || '@{domain()}' AS message_id, destinatario_id,
        min(vence_em) AS prazo"""


def _by_hand_postgresql(now: datetime) -> Iterator[str]:
    rest = f"'vencimento', '{{}}'::jsonb, '{_text(now)}', 'pendente', '', 0, 0, 0, '', '', '', '', ''"
    yield f"""WITH devidos AS MATERIALIZED (
            SELECT nextval('notificacoes_aviso_id_seq') AS id, d.* FROM ({_windows(now)}) d
        ), gente AS MATERIALIZED (
            SELECT nextval('notificacoes_envio_id_seq') AS envio_id, g.* FROM (
                SELECT {_message("extract(epoch FROM min(vence_em))::bigint")} FROM devidos GROUP BY destinatario_id
            ) g
        ), mensagens AS (
            INSERT INTO notificacoes_envio (id, {COLUMNS})
            SELECT envio_id, chave, message_id, destinatario_id, prazo, {rest} FROM gente
        ) INSERT INTO notificacoes_aviso (id, certificado_id, antecedencia, destinatario_id, vence_em, situacao, motivo,
            created_at, envio_id) SELECT d.id, certificado_id, antecedencia, d.destinatario_id, vence_em, 'planejada',
            '', '{_text(now)}', g.envio_id FROM devidos d JOIN gente g USING (destinatario_id)
            ON CONFLICT DO NOTHING"""


def _by_hand_sqlite(now: datetime) -> Iterator[str]:
    """SQLite has no INSERT within WITH: one statement for each of the two tables, and one that joins them."""
    yield f"""INSERT INTO notificacoes_aviso (certificado_id, antecedencia, destinatario_id, vence_em, situacao, motivo,
        created_at) SELECT certificado_id, antecedencia, destinatario_id, vence_em, 'planejada', '', '{_text(now)}'
        FROM ({_windows(now)}) WHERE true ON CONFLICT DO NOTHING"""
    yield f"""INSERT INTO notificacoes_envio ({COLUMNS}) SELECT {_message("strftime('%s', min(vence_em))")},
        'vencimento', '{{}}', '{_text(now)}', 'pendente', '', 0, 0, 0, '', '', '', '', '' FROM notificacoes_aviso
        WHERE situacao = 'planejada' AND envio_id IS NULL GROUP BY destinatario_id"""
    yield """UPDATE notificacoes_aviso SET envio_id = (SELECT e.id FROM notificacoes_envio e WHERE
        e.destinatario_id = notificacoes_aviso.destinatario_id AND e.estado = 'pendente')
        WHERE situacao = 'planejada' AND envio_id IS NULL"""
