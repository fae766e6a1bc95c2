"""What the tests of mails share: certificates that end on a chosen day, what is owed for them, reading mails back."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256
from itertools import count
from typing import Any

from certificados.models import Certificado
from notificacoes.mensagens import Carta, Desistencia, write_all
from notificacoes.models import Aviso, Envio, Estado, Situacao, Tipo
from portal.agentes.models import Agente, Usuario

_numbers = count(1)


def certificate(agente: Agente, *, ends: datetime, **fields: Any) -> Certificado:
    number = next(_numbers)
    digest = sha256(f"certificado {number}".encode()).hexdigest()
    taken = Certificado.objects.filter(agente=agente, slot__isnull=False).count()
    facts = {
        "nome_arquivo": f"servidor-{number}.cer", "sha256": digest, "titular": f"CN=servidor{number}.exemplo.test",
        "emissor": "CN=AC Teste", "certificadora": "AC Teste", "versao": 3, "numero_serie": f"0a{number:04x}",
        "valid_from": ends - timedelta(days=365), "valid_until": ends, "subject_hash": digest,
        "subject_hash_unordered": digest, "spki_sha256": digest, "politica": "ccee-2022-12", "slot": taken + 1,
        "limite": 99, "included_at": ends - timedelta(days=300), "included_by": "teste",
    }  # fmt: skip
    return Certificado.objects.create(agente=agente, **{**facts, **fields})


def owe(usuario: Usuario, *certificados: Certificado, now: datetime, lead: int = 7) -> Envio:
    """One message with a planned notice per certificate."""
    envio = message(usuario, Tipo.VENCIMENTO, now=now)
    for certificado in certificados:
        notice(certificado, usuario, lead, now=now, envio=envio)
    return envio


def notice(
    certificado: Certificado,
    usuario: Usuario,
    lead: int,
    *,
    now: datetime,
    envio: Envio | None = None,
    situacao: Situacao = Situacao.PLANEJADA,
    motivo: str = "",
) -> Aviso:
    return Aviso.objects.create(
        certificado=certificado,
        antecedencia=lead,
        destinatario=usuario,
        vence_em=certificado.valid_until,
        situacao=situacao,
        motivo=motivo,
        created_at=now,
        settled_at=None if situacao == Situacao.PLANEJADA else now,
        envio=envio,
    )


def message(
    usuario: Usuario, tipo: Tipo, *, now: datetime, dados: dict[str, Any] | None = None, **fields: Any
) -> Envio:
    number = next(_numbers)
    return Envio.objects.create(
        tipo=tipo,
        chave=f"{tipo}:teste:{number}",
        message_id=f"{tipo}-{number}@portal.invalid",
        destinatario=usuario,
        dados=dados or {},
        prazo=now,
        created_at=now,
        **fields,
    )


def sent(usuario: Usuario, *certificados: Certificado, now: datetime, lead: int = 7) -> Envio:
    """As delivery leaves it."""
    envio = owe(usuario, *certificados, now=now, lead=lead)
    envio.estado, envio.sent_at, envio.endereco, envio.tentativas = Estado.ENVIADA, now, usuario.email, 1
    envio.smtp_codigo, envio.smtp_resposta = 250, "2.0.0 Ok: queued as 4XyZ"
    envio.save()
    envio.avisos.update(situacao=Situacao.ENVIADA, settled_at=now)
    return envio


def letter(envio: Envio, *, now: datetime) -> Carta:
    written = write_all([envio], now=now)[envio.pk]
    assert isinstance(written, Carta), written
    return written


def given_up(envio: Envio, *, now: datetime) -> Desistencia:
    written = write_all([envio], now=now)[envio.pk]
    assert isinstance(written, Desistencia), written
    return written


def parsed(carta: Carta) -> EmailMessage:
    """The mail as the other side reads it, from its bytes."""
    return message_from_bytes(carta.mensagem.message().as_bytes(), policy=policy.default)


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())
