"""One message a person of what contracts bring: what happened, what is their turn, what is late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, OuterRef, QuerySet, Subquery, Value

from notificacoes.enderecos import domain
from notificacoes.models import Envio, Lembrete, Situacao, Tipo
from notificacoes.services.em_massa import Joined, text
from portal import clock
from portal.agentes.acesso import in_force
from portal.agentes.models import Agente, Papel, Representacao

ESPERA = {"situacao": Situacao.PLANEJADA, "envio": None}
LADOS = ("vendedor", "comprador")


@dataclass(slots=True)
class Pessoa:
    eventos: list[int] = field(default_factory=list)
    lembretes: list[str] = field(default_factory=list)  # what names each, the same whenever it is planned
    cnpjs: set[str] = field(default_factory=set)


def gather(eventos: Mapping[str, Iterable[int]], *, now: datetime) -> int:
    """Entries of the ledger by CNPJ, and the notices that wait, as messages. Their Message-ID is fixed here and now."""
    people: defaultdict[int, Pessoa] = defaultdict(Pessoa)
    _add_entries(people, eventos, now=now)
    _add_notices(people, now=now)
    if not people:
        return 0
    # No message has this key yet: any that was named after the same newest one came after it.
    prefix = f"{Tipo.CONTRATO}:{Envio.objects.aggregate(last=Max('pk'))['last'] or 0}:"
    envios = [_message(pk, pessoa, prefix, now=now) for pk, pessoa in sorted(people.items())]
    _tell_apart(envios)
    Envio.objects.bulk_create(envios, batch_size=1000)
    chave = Joined(Value(prefix), text(OuterRef("destinatario")))
    found = Subquery(Envio.objects.filter(chave=chave).order_by().values("pk"))
    Lembrete.objects.filter(**ESPERA).update(envio=found)
    return len(envios)


def _add_entries(people: defaultdict[int, Pessoa], eventos: Mapping[str, Iterable[int]], *, now: datetime) -> None:
    if not eventos:
        return
    rows = _representatives(now).filter(agente__cnpj__in=eventos)
    for pk, cnpj in rows.values_list("usuario", "agente__cnpj").distinct():
        people[pk].eventos = sorted({*people[pk].eventos, *eventos[cnpj]})
        people[pk].cnpjs.add(cnpj)


def _add_notices(people: defaultdict[int, Pessoa], *, now: datetime) -> None:
    sides = [f"atividade__fluxo__contrato__{lado}" for lado in LADOS]
    rows = Lembrete.objects.filter(**ESPERA).order_by("pk")
    waiting = list(rows.values_list("destinatario", "atividade", "momento", "vence_em", *sides))
    if not waiting:
        return
    own = defaultdict(set)
    for pk, agente in (
        _representatives(now).filter(usuario__in={row[0] for row in waiting}).values_list("usuario", "agente")
    ):
        own[pk].add(agente)
    involved = {agente for row in waiting for agente in row[4:] if agente}
    cnpj_of = dict(Agente.objects.filter(pk__in=involved).values_list("pk", "cnpj"))
    for pk, atividade, momento, vence_em, *agentes in waiting:
        people[pk].lembretes.append(f"{atividade}.{momento}" + (f".{vence_em:%Y%m%d}" if vence_em else ""))
        people[pk].cnpjs |= {cnpj_of[agente] for agente in agentes if agente in own[pk]}


def _representatives(now: datetime) -> QuerySet[Representacao]:
    return Representacao.objects.filter(
        in_force(clock.local_date(now)), papel=Papel.REPRESENTANTE_CCEE, usuario__is_active=True
    )


def _message(pk: int, pessoa: Pessoa, prefix: str, *, now: datetime) -> Envio:
    """Named after what it tells of: planned again after a restore, it is known again by its Message-ID."""
    nome = min(pessoa.lembretes) if pessoa.lembretes else f"e{pessoa.eventos[0]}"
    count = len(pessoa.lembretes) + len(pessoa.eventos)
    return Envio(
        tipo=Tipo.CONTRATO,
        chave=f"{prefix}{pk}",
        message_id=f"contrato-{nome}-{pk}-{count}@{domain()}",
        destinatario_id=pk,
        dados={"eventos": pessoa.eventos, "cnpjs": sorted(pessoa.cnpjs)},
        prazo=now,
        created_at=now,
    )


def _tell_apart(envios: list[Envio]) -> None:
    """A notice that is owed again would have the name of its first message."""
    rows = Envio.objects.filter(message_id__in=[envio.message_id for envio in envios])
    taken = set(rows.values_list("message_id", flat=True))
    for envio in envios:
        if envio.message_id in taken:
            envio.message_id = f"{envio.chave.replace(':', '-')}-{envio.message_id}"
