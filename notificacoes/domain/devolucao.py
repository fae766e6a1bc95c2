"""What a returned message says (RFC 3464), read with distrust: anybody may write to the address it came to.

Most servers send a multipart/report; some old ones only text. Absence notices come to the same address and say nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from enum import StrEnum

LIMITE = 1024 * 1024  # bytes; a report quotes at most one small mail of ours
PARTES = 60
TRECHO = 20_000  # characters of text that are looked through
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b", re.ASCII)
CODIGO = re.compile(r"(?:^|[\s:;#])([45]\d\d)[ -]", re.ASCII)
MESSAGE_ID = re.compile(r"^(?:x-ms-exchange-)?(?:original-)?message-id:\s*<([^<>\s]{3,250})>", re.I | re.M | re.ASCII)
ATRASO = re.compile(r"delayed|will (?:be retried|keep trying)|still being retried|atrasad|nova tentativa", re.I)
DE_UM_SERVIDOR = re.compile(r"mailer-daemon|postmaster|mail delivery|microsoftexchange", re.I)
PARA_QUEM = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "X-Failed-Recipients")


class Especie(StrEnum):
    PERMANENTE = "permanente"  # it will never arrive
    ATRASO = "atraso"  # the server there still tries
    ENTREGUE = "entregue"  # a receipt that nobody asked for
    RESPOSTA = "resposta"  # an absence notice, a read receipt
    DESCONHECIDA = "desconhecida"


@dataclass(frozen=True, slots=True)
class Devolucao:
    especie: Especie
    status: str = ""  # "5.1.1"
    motivo: str = ""  # the server's own words, one line
    enviada_para: tuple[str, ...] = ()  # the addresses that this report was sent to: ours, with its signature
    destinatarios: tuple[str, ...] = ()  # those that our message could not reach
    message_ids: tuple[str, ...] = ()  # of ours, as quoted, without <>
    assunto: str = ""


def read(data: bytes) -> Devolucao:
    """Never raises, whatever the bytes are."""
    try:
        return _read(message_from_bytes(data[:LIMITE]))
    except (MessageError, RecursionError, LookupError, ValueError, TypeError, AttributeError):
        # Python's parser is lenient but not proof against all that can be written.
        return Devolucao(Especie.DESCONHECIDA)


def _read(mail: Message) -> Devolucao:
    parts = list(_walk(mail))
    blocks = [block for part in parts for block in _status_blocks(part)]
    failed = sorted((block for block in blocks if _field(block, "Action")), key=_gravity)
    text = "\n".join(_text(part) for part in parts)[: 4 * TRECHO]
    status, motivo = _words_of(failed[0]) if failed else _words_in(text)
    return Devolucao(
        especie=_kind(mail, failed, status, text),
        status=status,
        motivo=motivo,
        enviada_para=_addresses(mail, PARA_QUEM[:-1]),
        destinatarios=_recipients(mail, blocks),
        message_ids=_message_ids(mail, parts, text),
        assunto=_decoded(mail.get("Subject", "")),
    )


def _walk(mail: Message) -> Iterator[Message]:
    for number, part in enumerate(mail.walk()):
        if number == PARTES:
            return
        yield part


def _status_blocks(part: Message) -> list[Message]:
    """The groups of fields of a message/delivery-status part, which Python reads as messages."""
    if part.get_content_type() not in ("message/delivery-status", "message/global-delivery-status"):
        return []
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)][:PARTES] if isinstance(payload, list) else []


def _kind(mail: Message, failed: list[Message], status: str, text: str) -> Especie:
    if failed:
        return _kind_of_action(_field(failed[0], "Action").lower(), status)
    if _answers_by_itself(mail):
        return Especie.RESPOSTA
    if status.startswith("2") or not (status or _from_a_server(mail)):
        return Especie.DESCONHECIDA
    return Especie.ATRASO if status.startswith("4") or ATRASO.search(text) else Especie.PERMANENTE


def _kind_of_action(action: str, status: str) -> Especie:
    if action == "failed":
        # A server that gave up after days says "failed" with the status of its last try, a 4.
        return Especie.PERMANENTE
    if action == "delayed":
        return Especie.ATRASO
    return Especie.ENTREGUE if action in ("delivered", "relayed", "expanded") else Especie.DESCONHECIDA


def _answers_by_itself(mail: Message) -> bool:
    if mail.get_param("report-type") == "disposition-notification":
        return True
    automatic = str(mail.get("Auto-Submitted", "no")).lower().strip()
    if automatic.startswith("auto-replied") and not _from_a_server(mail):
        return True
    marks = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")
    return any(mail.get(name) for name in marks[:2]) or str(mail.get("Precedence", "")).lower() == "auto_reply"


def _from_a_server(mail: Message) -> bool:
    """The null sender of RFC 5321, or a name that only servers use."""
    if str(mail.get("Return-Path", "")).strip() == "<>" or mail.get("X-Failed-Recipients"):
        return True
    return bool(DE_UM_SERVIDOR.search(str(mail.get("From", ""))))


def _gravity(block: Message) -> int:
    """One person per message, but a list there may have many: the failure is what counts."""
    return {"failed": 0, "delayed": 1}.get(_field(block, "Action").lower(), 2)


def _words_of(block: Message) -> tuple[str, str]:
    found = STATUS.search(_field(block, "Status"))
    diagnostic = _field(block, "Diagnostic-Code")
    kind, separator, words = diagnostic.partition(";")
    said = words if separator and kind.strip().isidentifier() else diagnostic
    return found[1] if found else "", said.strip()


def _words_in(text: str) -> tuple[str, str]:
    """Of a bounce that is only text: the line with the code, and the code as a status."""
    for line in text[:TRECHO].splitlines():
        if found := STATUS.search(line):
            return found[1], line.strip()
        if found := CODIGO.search(line):
            return f"{found[1][0]}.0.0", line.strip()
    return "", ""


def _field(block: Message, name: str) -> str:
    return " ".join(_decoded(block.get(name, "")).split())


def _decoded(value: object) -> str:
    try:
        return str(make_header(decode_header(str(value))))
    except (LookupError, ValueError, MessageError):
        return str(value)


def _addresses(mail: Message, names: tuple[str, ...]) -> tuple[str, ...]:
    values = [str(value) for name in names for value in mail.get_all(name, [])[:10]]
    return tuple(dict.fromkeys(address for _, address in getaddresses(values) if "@" in address))


def _recipients(mail: Message, blocks: list[Message]) -> tuple[str, ...]:
    fields = [_field(block, name) for block in blocks for name in ("Original-Recipient", "Final-Recipient")]
    told = [field.partition(";")[2].strip() or field for field in fields if field]
    return tuple(dict.fromkeys([*told, *_addresses(mail, PARA_QUEM[-1:])]))


def _message_ids(mail: Message, parts: list[Message], text: str) -> tuple[str, ...]:
    """Of the quoted message, never of the report itself."""
    quoted = [str(part.get("Message-ID", "")) for part in parts[1:]]
    own = [found[1] for value in quoted if (found := re.fullmatch(r"<([^<>\s]{3,250})>", value.strip()))]
    answered = re.findall(r"<([^<>\s]{3,250})>", f"{mail.get('In-Reply-To', '')} {mail.get('References', '')}")
    return tuple(dict.fromkeys([*own, *MESSAGE_ID.findall(text), *answered[:20]]))


def _text(part: Message) -> str:
    if part.get_content_maintype() != "text" or part.is_multipart():
        return ""
    payload = part.get_payload(decode=True)
    return payload[: 4 * TRECHO].decode("utf-8", errors="replace") if isinstance(payload, bytes) else ""
