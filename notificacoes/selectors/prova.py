"""Every notice about one certificate: planned, sent, to whom, what the server said, and what came back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from certificados.models import Certificado
from notificacoes.domain import marcos, situacoes
from notificacoes.domain.palavras import joined
from notificacoes.models import Aviso, Dispensa, Envio, Tarefa, Tipo
from portal import clock
from portal.agentes.models import Papel, Representacao, Usuario
from portal.auditoria.models import Cadeia, Evento

ULTIMO_MARCO = min(marcos.ANTECEDENCIAS)
LEITURA_DA_TRILHA = timedelta(days=8)  # within which the plan turns an entry into messages
TITULOS = {Tipo.EXCLUSAO: "Excluído dos servidores", Tipo.SOLICITACAO: "Recibo da solicitação"}


@dataclass(frozen=True, slots=True)
class Linha:
    """One notice to one person. `envio`: the message that carries it, if there is one."""

    titulo: str
    previsto: date
    planejado_at: datetime | None
    nome: str
    papel: str
    estado: situacoes.Estado
    motivo: str
    envio: Envio | None
    marco: bool = True  # one of the manual's three leads


@dataclass(frozen=True, slots=True)
class Prova:
    """`cabeca`: number and hash of the newest ledger entry, against which this can be checked later."""

    certificado: Certificado
    linhas: tuple[Linha, ...]
    tarefas: tuple[Tarefa, ...]
    gerada_at: datetime
    cabeca: tuple[int, str]


def read(certificado: Certificado, *, now: datetime) -> Prova:
    """A number of queries that does not grow with what there is to tell."""
    roles = _Papeis(certificado)
    avisos = list(_avisos(certificado))
    about = [aviso.envio for aviso in avisos if aviso.envio is not None]
    others = [*_of_ledger(certificado, roles.people), *_of_bounces(about)]
    linhas = [*(_notice(aviso, roles) for aviso in avisos), *(_message(envio, roles) for envio in others)]
    linhas += _forecast(certificado, avisos, roles, now=now)
    head = Cadeia.objects.filter(id=1).first()
    return Prova(
        certificado=certificado,
        linhas=tuple(sorted(linhas, key=lambda linha: (linha.previsto, linha.nome))),
        tarefas=tuple(Tarefa.objects.filter(certificado=certificado).order_by("pk")),
        gerada_at=now,
        cabeca=(head.numero, head.hash) if head else (0, ""),
    )


class _Papeis:
    """Who was what to the company, and when."""

    def __init__(self, certificado: Certificado) -> None:
        rows = Representacao.objects.filter(agente=certificado.agente_id).select_related("usuario")
        self.rows = list(rows.order_by("usuario__nome", "pk"))
        self.people = {row.usuario_id for row in self.rows}

    def on(self, day: date) -> list[Representacao]:
        return [row for row in self.rows if row.desde <= day and (row.ate is None or row.ate >= day)]

    def of(self, usuario_id: int, day: date) -> str:
        labels = [str(row.get_papel_display()) for row in self.on(day) if row.usuario_id == usuario_id]
        return joined(list(dict.fromkeys(labels)))


def _avisos(certificado: Certificado) -> Iterable[Aviso]:
    return Aviso.objects.filter(certificado=certificado).select_related("envio", "destinatario").order_by("pk")


def _of_ledger(certificado: Certificado, people: Iterable[int]) -> Iterator[Envio]:
    """The messages on its coming into service and leaving it."""
    moments = Q(tipo="certificado.incluido", at=certificado.included_at)
    if certificado.removed_at is not None:
        moments |= Q(tipo="certificado.excluido", at=certificado.removed_at)
    rows = Evento.objects.filter(moments, cnpj=certificado.agente.cnpj, dados__sha256=certificado.sha256)
    eventos = {evento.numero: evento.dados.get("protocolo", "") for evento in rows}
    protocolos = {protocolo for protocolo in eventos.values() if protocolo}
    window = _soon_after(certificado.included_at) | _soon_after(certificado.removed_at or certificado.included_at)
    sent = Envio.objects.filter(window, tipo__in=TITULOS, destinatario__in=people)
    for envio in sent.select_related("destinatario").order_by("pk"):
        if envio.dados.get("protocolo") in protocolos or not eventos.keys().isdisjoint(envio.dados.get("eventos", ())):
            yield envio


def _soon_after(at: datetime) -> Q:
    return Q(created_at__gte=at, created_at__lte=at + LEITURA_DA_TRILHA)


def _of_bounces(bounced: Iterable[Envio]) -> Iterable[Envio]:
    """What told the other contacts that one of these had come back."""
    keys = [Q(chave__startswith=f"devolucao:{envio.pk}:") for envio in bounced if envio.devolvida_at is not None]
    if not keys:
        return ()
    wanted = keys[0]
    for key in keys[1:]:
        wanted |= key
    return Envio.objects.filter(wanted).select_related("destinatario").order_by("pk")


def _notice(aviso: Aviso, roles: _Papeis) -> Linha:
    ends, day = clock.local_date(aviso.vence_em), clock.local_date(aviso.created_at)
    message = _state(aviso.envio) if aviso.envio is not None else None
    return Linha(
        titulo=f"{aviso.antecedencia} dias antes",
        previsto=marcos.due_on(ends, aviso.antecedencia),
        planejado_at=aviso.created_at,
        nome=aviso.destinatario.nome,
        papel=roles.of(aviso.destinatario_id, day),
        estado=situacoes.of_notice(aviso.situacao, message),
        motivo=aviso.motivo or (aviso.envio.motivo if aviso.envio is not None else ""),
        envio=aviso.envio,
    )


def _message(envio: Envio, roles: _Papeis) -> Linha:
    day = clock.local_date(envio.created_at)
    return Linha(
        titulo=TITULOS.get(Tipo(envio.tipo), "Devolução contada a outro contato"),
        previsto=day,
        planejado_at=envio.created_at,
        nome=envio.destinatario.nome,
        papel=roles.of(envio.destinatario_id, day),
        estado=_state(envio),
        motivo=envio.motivo,
        envio=envio,
        marco=False,
    )


def _state(envio: Envio) -> situacoes.Estado:
    return situacoes.of_message(
        envio.estado,
        tentativas=envio.tentativas,
        repeticoes=envio.repeticoes,
        devolvida=envio.devolvida_at is not None,
    )


def _forecast(certificado: Certificado, avisos: Sequence[Aviso], roles: _Papeis, *, now: datetime) -> Iterator[Linha]:
    """The leads still ahead, to those who would be told if they were reached today."""
    if certificado.slot is None or certificado.valid_until < now:
        return
    today, ends = clock.local_date(now), clock.local_date(certificado.valid_until)
    known = {(aviso.antecedencia, aviso.destinatario_id) for aviso in avisos}
    excused = set(Dispensa.objects.filter(usuario__in=roles.people).values_list("usuario_id", flat=True))
    for lead in marcos.ANTECEDENCIAS:
        due = marcos.due_on(ends, lead)
        for pessoa in _recipients(roles.on(today), lead, excused) if due >= today else ():
            if (lead, pessoa.pk) not in known:
                papel = roles.of(pessoa.pk, today)
                yield Linha(f"{lead} dias antes", due, None, pessoa.nome, papel, situacoes.PREVISTO, "", None)


def _recipients(rows: Sequence[Representacao], lead: int, excused: set[int]) -> list[Usuario]:
    told = {row.usuario_id: row.usuario for row in rows if row.papel == Papel.REPRESENTANTE_CCEE}
    if lead == ULTIMO_MARCO:
        others = {row.usuario_id: row.usuario for row in rows if row.usuario_id not in excused}
        told = {**others, **told}
    return [pessoa for pessoa in told.values() if pessoa.is_active]
