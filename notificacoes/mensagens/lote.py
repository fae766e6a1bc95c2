"""All that the writers of one batch need to know, read in a number of queries that does not grow with it.

The writers themselves read nothing: what goes wrong while one mail is made can only concern that mail.
Plain tuples where there are many of a kind: a model instance costs more than the text made from it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings

from adesao.models import Solicitacao
from certificados.models import Certificado
from certificados.selectors import in_service
from notificacoes.mensagens import pendencias
from notificacoes.mensagens.dados_de_pares import DoPar
from notificacoes.mensagens.dados_de_pares import load as load_pairs
from notificacoes.models import Aviso, Dispensa, Envio, Lembrete, Numeros, Situacao, Tipo
from portal import clock
from portal.agentes.acesso import in_force
from portal.agentes.models import Agente, Convite, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.calendario.selectors import calendar
from portal.contas import selectors as contas
from portal.kernel.business_days import Calendario, ForaDoCalendario


class Pessoa(NamedTuple):
    pk: int
    username: str
    nome: str
    email: str
    is_active: bool


class Empresa(NamedTuple):
    pk: int
    sigla: str
    razao_social: str
    cnpj: str


class Devido(NamedTuple):
    """A notice, with what is said of its certificate. In the order of COLUNAS."""

    pk: int
    envio: int
    usuario: int
    antecedencia: int
    situacao: str
    vence_em: datetime
    certificado: int
    nome_arquivo: str
    sha256: str
    titular: str
    certificadora: str
    numero_serie: str
    valid_until: datetime
    slot: int | None
    included_at: datetime
    empresa: Empresa


COLUNAS = (
    "pk", "envio_id", "destinatario_id", "antecedencia", "situacao", "vence_em", "certificado_id",
    "certificado__nome_arquivo", "certificado__sha256", "certificado__titular", "certificado__certificadora",
    "certificado__numero_serie", "certificado__valid_until", "certificado__slot", "certificado__included_at",
    "certificado__agente_id", "certificado__agente__sigla", "certificado__agente__razao_social",
    "certificado__agente__cnpj",
)  # fmt: skip


class Perdido(NamedTuple):
    """A wider lead that did not reach the person."""

    antecedencia: int
    situacao: str


class EmUso(NamedTuple):
    """A certificate in service."""

    pk: int
    nome_arquivo: str
    valid_until: datetime


@dataclass(slots=True)
class Lote:
    now: datetime
    hoje: date
    calendario: Calendario | None
    pessoas: dict[int, Pessoa] = field(default_factory=dict)
    avisos: dict[int, list[Devido]] = field(default_factory=dict)  # by Envio, soonest end first
    perdidos: dict[tuple[int, int, datetime], list[Perdido]] = field(default_factory=dict)  # certificate, person, end
    eventos: dict[int, Evento] = field(default_factory=dict)
    solicitacoes: dict[str, Solicitacao] = field(default_factory=dict)
    convites: dict[int, Convite] = field(default_factory=dict)
    convidados: dict[int, Usuario] = field(default_factory=dict)
    devolvidos: dict[int, Envio] = field(default_factory=dict)
    empresas: dict[int, Empresa] = field(default_factory=dict)
    por_cnpj: dict[str, Empresa] = field(default_factory=dict)
    papeis: dict[tuple[int, int], set[str]] = field(default_factory=dict)  # (person, Agente), in force today
    quem_altera: dict[int, list[str]] = field(default_factory=dict)  # Agente -> names of its representantes CCEE
    em_uso: dict[int, list[EmUso]] = field(default_factory=dict)  # by Agente, longest first
    titulares: dict[tuple[str, str], str] = field(default_factory=dict)  # (CNPJ, SHA-256) of certificates removed
    dispensados: set[int] = field(default_factory=set)
    prazos: dict[date, str] = field(default_factory=dict)  # in words, as they are written
    lembretes: dict[int, list[Lembrete]] = field(default_factory=dict)  # by Envio
    atividades: pendencias.Nomes = field(default_factory=dict)
    pares: dict[int, DoPar] = field(default_factory=dict)
    idiomas: dict[int, str] = field(default_factory=dict)  # of who chose one; the others read the market's

    def represents(self, usuario_id: int, agente_id: int) -> bool:
        return (usuario_id, agente_id) in self.papeis

    def alters(self, usuario_id: int, agente_id: int) -> bool:
        return Papel.REPRESENTANTE_CCEE in self.papeis.get((usuario_id, agente_id), ())


def load(envios: Sequence[Envio], *, now: datetime) -> Lote:
    lote = Lote(now, clock.local_date(now), _calendar())
    lote.devolvidos = Envio.objects.in_bulk(_named(envios, "envio"))
    involved = [*envios, *lote.devolvidos.values()]
    lote.pessoas = _people(involved)
    lote.idiomas = contas.languages(lote.pessoas) if settings.MERCADO.contas else {}
    lote.eventos = Evento.objects.in_bulk(event_numbers(involved))
    lote.avisos = _avisos(envio.pk for envio in involved if envio.tipo == Tipo.VENCIMENTO)
    lote.perdidos = _missed(lote.avisos)
    lote.lembretes = pendencias.load(envio.pk for envio in involved if envio.tipo == Tipo.CONTRATO)
    lote.atividades = pendencias.names(lote.eventos.values())
    lote.pares = load_pairs(_named(envios, "par"))
    lote.solicitacoes = _receipts(_named(envios, "protocolo"))
    lote.convites = Convite.objects.in_bulk(_named(envios, "convite"))
    lote.convidados = Usuario.objects.in_bulk({envio.destinatario_id for envio in envios if "convite" in envio.dados})
    opted_out = Dispensa.objects.filter(usuario__in=Numeros(lote.pessoas))
    lote.dispensados = set(opted_out.values_list("usuario_id", flat=True))
    _load_empresas(lote)
    return lote


def imagine(envio: Envio, eventos: Iterable[Evento], *, now: datetime) -> Lote:
    """For a message that is only shown: these entries are not in the ledger yet."""
    lote = Lote(now, clock.local_date(now), _calendar())
    lote.pessoas = _people([envio])
    lote.eventos = {evento.numero: evento for evento in eventos}
    _load_empresas(lote)
    return lote


def _calendar() -> Calendario | None:
    """None where operations emptied it: a mail that cannot name the holidays still goes."""
    try:
        return calendar()
    except ForaDoCalendario:
        return None


def _people(envios: Iterable[Envio]) -> dict[int, Pessoa]:
    rows = Usuario.objects.filter(pk__in=Numeros(envio.destinatario_id for envio in envios))
    return {row[0]: Pessoa._make(row) for row in rows.values_list(*Pessoa._fields)}


def _named(envios: Iterable[Envio], key: str) -> list[Any]:
    return [envio.dados[key] for envio in envios if key in envio.dados]


def event_numbers(envios: Iterable[Envio]) -> set[int]:
    """Of the ledger entries that these messages tell of."""
    found = {numero for envio in envios for numero in (*envio.dados.get("eventos", ()), envio.dados.get("evento"))}
    return found - {None}


def _avisos(envios: Iterable[int]) -> dict[int, list[Devido]]:
    rows = Aviso.objects.filter(envio__in=Numeros(envios)).order_by("vence_em", "pk").values_list(*COLUNAS)
    found: dict[int, list[Devido]] = {}
    for *facts, agente, sigla, razao_social, cnpj in rows:
        devido = Devido._make([*facts, Empresa(agente, sigla, razao_social, cnpj)])
        found.setdefault(devido.envio, []).append(devido)
    return found


def _missed(told: dict[int, list[Devido]]) -> dict[tuple[int, int, datetime], list[Perdido]]:
    rows = Aviso.objects.filter(
        situacao__in=(Situacao.SUPERADA, Situacao.MORTA),
        destinatario__in=Numeros(devido.usuario for avisos in told.values() for devido in avisos),
        certificado__in=Numeros(devido.certificado for avisos in told.values() for devido in avisos),
    ).order_by("-antecedencia")
    found: dict[tuple[int, int, datetime], list[Perdido]] = {}
    columns = ("certificado_id", "destinatario_id", "vence_em", "antecedencia", "situacao")
    for certificado, usuario, vence_em, *facts in rows.values_list(*columns):
        found.setdefault((certificado, usuario, vence_em), []).append(Perdido(*facts))
    return found


def _receipts(protocolos: Iterable[str]) -> dict[str, Solicitacao]:
    rows = Solicitacao.objects.filter(protocolo__in=list(protocolos)).defer("senha_hash")
    return {str(row.protocolo): row for row in rows}


def _load_empresas(lote: Lote) -> None:
    lote.empresas = {devido.empresa.pk: devido.empresa for avisos in lote.avisos.values() for devido in avisos}
    lote.empresas |= _parties(lote)
    of_entries = Agente.objects.filter(cnpj__in={evento.cnpj for evento in lote.eventos.values()}).order_by()
    for facts in of_entries.values_list("pk", "sigla", "razao_social", "cnpj"):
        lote.empresas[facts[0]] = Empresa(*facts)
    lote.por_cnpj = {empresa.cnpj: empresa for empresa in lote.empresas.values()}
    _load_roles(lote)
    in_use = in_service().filter(agente__in=Numeros(lote.empresas)).order_by("-valid_until", "pk")
    for agente, pk, nome, until in in_use.values_list("agente_id", "pk", "nome_arquivo", "valid_until"):
        lote.em_uso.setdefault(agente, []).append(EmUso(pk, nome, until))
    lote.titulares = _removed(lote)


def _parties(lote: Lote) -> dict[int, Empresa]:
    rows = [lembrete.atividade.fluxo for lembretes in lote.lembretes.values() for lembrete in lembretes]
    agentes = [agente for fluxo in rows for agente in (*fluxo.contrato.partes, fluxo.solicitante) if agente]
    return {agente.pk: Empresa(agente.pk, agente.sigla, agente.razao_social, agente.cnpj) for agente in agentes}


def _load_roles(lote: Lote) -> None:
    rows = Representacao.objects.filter(in_force(lote.hoje), agente__in=Numeros(lote.empresas), usuario__is_active=True)
    papeis: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for usuario, agente, papel, nome in rows.values_list("usuario_id", "agente_id", "papel", "usuario__nome"):
        papeis[usuario, agente].add(papel)
        if papel == Papel.REPRESENTANTE_CCEE:
            lote.quem_altera.setdefault(agente, []).append(nome)
    lote.papeis = dict(papeis)


def _removed(lote: Lote) -> dict[tuple[str, str], str]:
    gone = {evento.dados.get("sha256", "") for evento in lote.eventos.values() if evento.tipo == "certificado.excluido"}
    rows = Certificado.objects.filter(sha256__in=gone, agente__in=lote.empresas).order_by("pk")
    return {(cnpj, sha): titular for cnpj, sha, titular in rows.values_list("agente__cnpj", "sha256", "titular")}
