"""Certificates with the dates that a test wants. The plan reads rows alone: no file is signed for it."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count
from zoneinfo import ZoneInfo

from certificados.models import Certificado
from notificacoes import services
from notificacoes.mail import connect
from notificacoes.models import Aviso, Envio, Estado
from portal import clock
from portal.agentes.models import Agente, Usuario

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
HOJE = date(2026, 11, 23)  # a Monday
_numbers = count(1)


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """São Paulo time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SAO_PAULO)


def register(agente: Agente, *, ends: datetime, included: datetime | None = None, nome: str = "") -> Certificado:
    number = next(_numbers)
    mark = sha256(f"certificado {number}".encode()).hexdigest()
    taken = set(Certificado.objects.filter(agente=agente, slot__isnull=False).values_list("slot", flat=True))
    return Certificado.objects.create(
        agente=agente,
        nome_arquivo=nome or f"{number}.cer",
        sha256=mark,
        titular=f"CN={number}",
        emissor="CN=AC",
        certificadora="AC",
        versao=3,
        numero_serie=str(number),
        valid_from=ends - timedelta(days=365),
        valid_until=ends,
        subject_hash=mark,
        subject_hash_unordered=mark,
        spki_sha256=mark,
        politica="manual-2.0",
        slot=next(slot for slot in range(1, 100) if slot not in taken),
        limite=99,
        included_at=included or ends - timedelta(days=360),
        included_by="teste",
    )


def send(now: datetime) -> list[str]:
    """Everything in the queue goes out; the user names that it went to."""
    before = set(Envio.objects.filter(estado=Estado.ENVIADA).values_list("pk", flat=True))
    with connect() as correio:
        services.deliver(correio=correio, agora=lambda: now, relogio=clock.instant, tudo=True)
    sent = Envio.objects.filter(estado=Estado.ENVIADA).exclude(pk__in=before)
    return sorted(sent.values_list("destinatario__username", flat=True))


def sweep(now: datetime) -> list[str]:
    """The plan and the sending, as beat has them done."""
    services.plan(now=now)
    return send(now)


def notices(certificado: Certificado, usuario: Usuario) -> dict[int, str]:
    """Lead -> what became of its notice."""
    rows = Aviso.objects.filter(certificado=certificado, destinatario=usuario)
    return dict(rows.values_list("antecedencia", "situacao"))
