"""What the ledger says since the last look, turned into messages to the people concerned."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Max, Q

from contratos.domain.contrato import Assinatura, Registro
from notificacoes.enderecos import domain
from notificacoes.models import Envio, Tipo
from notificacoes.services import politicas
from portal import clock
from portal.agentes.acesso import in_force
from portal.agentes.models import Representacao
from portal.auditoria.models import Evento

ASSINADO = Assinatura.ASSINADO.value
FINAIS = (Registro.CANCELADO, Registro.DISTRATADO, Registro.RESCINDIDO)
LOTE = 500
VELHO = timedelta(days=7)  # an import of years of history writes to nobody
MUDA = reduce(
    or_,
    (
        Q(tipo__startswith=kind)
        for kind in ("certificado.incluido", "representacao.", "pessoa.", "agente.", "aviso.dispensa")
    ),
)

People = Mapping[str, Mapping[int, str]]  # CNPJ -> user id -> user name


@dataclass(slots=True)
class Leitura:
    """`ate`: the last entry read. Removals wait for the end of the run: one message a person tells of all of them."""

    now: datetime
    ate: int
    mudou: bool = False  # who or what may be owed a notice
    criados: int = 0
    exclusoes: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    contratos: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # by CNPJ; for resumos.gather
    politicas: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # by CNPJ
    andou: bool = False  # whose turn it is, in some flow of a contract


def read_ledger(*, after: int, now: datetime) -> Leitura:
    """Entry numbers have no gaps and become visible in order, so what is below the highest seen is all there."""
    leitura = Leitura(now, Evento.objects.aggregate(last=Max("numero"))["last"] or after)
    if leitura.ate <= after:
        return leitura  # nothing to ask about
    leitura.mudou = Evento.objects.filter(MUDA, numero__gt=after, numero__lte=leitura.ate).exists()
    leitura.andou = Evento.objects.filter(
        tipo__startswith="contrato.", numero__gt=after, numero__lte=leitura.ate
    ).exists()
    for eventos in _chunks(after=after, until=leitura.ate, since=now - VELHO):
        people = _representatives({evento.cnpj for evento in eventos}, now=now)
        rows = [row for evento in eventos for row in READERS[evento.tipo](evento, people, leitura)]
        leitura.criados += _create(rows)
    concerned = sorted(leitura.exclusoes)
    for start in range(0, len(concerned), LOTE):
        leitura.criados += _create([_removal(pk, leitura) for pk in concerned[start : start + LOTE]])
    leitura.criados += _create(politicas.letters(leitura.politicas, now=now))
    return leitura


def _chunks(*, after: int, until: int, since: datetime) -> Iterator[Sequence[Evento]]:
    rows = Evento.objects.filter(numero__lte=until, tipo__in=READERS, at__gte=since).order_by("numero")
    while chunk := list(rows.filter(numero__gt=after)[:LOTE]):
        yield chunk
        after = chunk[-1].numero


def _representatives(cnpjs: Iterable[str], *, now: datetime) -> People:
    rows = Representacao.objects.filter(
        in_force(clock.local_date(now)), agente__cnpj__in=cnpjs, usuario__is_active=True
    )
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for cnpj, pk, username in rows.values_list("agente__cnpj", "usuario", "usuario__username"):
        found[cnpj][pk] = username
    return found


def _create(rows: Sequence[Envio]) -> int:
    if not rows:
        return 0
    before = Envio.objects.filter(chave__in=[row.chave for row in rows]).count()
    Envio.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows) - before


def _envio(tipo: Tipo, about: int, pk: int, leitura: Leitura, **dados: object) -> Envio:
    return Envio(
        tipo=tipo,
        chave=f"{tipo}:{about}:{pk}",
        message_id=f"{tipo}-{about}-{pk}@{domain()}",
        destinatario_id=pk,
        dados=dados,
        prazo=leitura.now,
        created_at=leitura.now,
    )


def _concluded(evento: Evento, people: People, leitura: Leitura) -> Iterator[Envio]:
    """Whoever did it gets the receipt too, unless nothing but certificates changed, which they have just seen."""
    only_certificates = evento.dados.get("senha") == "mantida"
    for pk, username in people.get(evento.cnpj, {}).items():
        if not (only_certificates and username == evento.ator):
            yield _envio(Tipo.SOLICITACAO, evento.numero, pk, leitura, evento=evento.numero, protocolo=evento.objeto)


def _removed(evento: Evento, people: People, leitura: Leitura) -> Iterator[Envio]:
    """By operations or because it ended; a removal within a request is told by the request's own message."""
    if not evento.dados.get("protocolo"):
        for pk, username in people.get(evento.cnpj, {}).items():
            if username != evento.ator:
                leitura.exclusoes[pk].append(evento.numero)
    yield from ()


def _removal(pk: int, leitura: Leitura) -> Envio:
    numeros = leitura.exclusoes[pk]
    return _envio(Tipo.EXCLUSAO, numeros[0], pk, leitura, eventos=numeros)


def _bounced(evento: Evento, people: People, leitura: Leitura) -> Iterator[Envio]:
    """The other contacts of the company learn that one of them cannot be reached."""
    envio = evento.dados.get("envio")
    for pk, username in people.get(evento.cnpj, {}).items():
        if isinstance(envio, int) and username != evento.dados.get("usuario"):
            yield _envio(Tipo.DEVOLUCAO, envio, pk, leitura, envio=envio)


def _of_contract(evento: Evento, people: People, leitura: Leitura) -> Iterator[Envio]:
    """Each side has an entry of its own. A date that is known for the first time is told with its activity."""
    dados = evento.dados
    first_date = evento.tipo == "contrato.prazo_alterado" and not dados.get("prazo_anterior")
    ends = dados.get("assinatura") == ASSINADO or dados.get("registro") in FINAIS
    on_the_way = evento.tipo == "contrato.situacao" and not ends
    if not first_date and not on_the_way:
        leitura.contratos[evento.cnpj].append(evento.numero)
    yield from ()


def _of_history(evento: Evento, people: People, leitura: Leitura) -> Iterator[Envio]:
    """A declaration is told to the side that answers it; the answer, to the side that had declared (3.43)."""
    declared = evento.tipo == "contrato.historico_declarado"
    if declared != (evento.cnpj == evento.dados.get("declarante_cnpj")):
        leitura.contratos[evento.cnpj].append(evento.numero)
    yield from ()


def _of_policy(evento: Evento, people: People, leitura: Leitura) -> Iterator[Envio]:
    leitura.politicas[evento.cnpj].append(evento.numero)
    yield from ()


Reader = Callable[[Evento, People, Leitura], Iterator[Envio]]
READERS: dict[str, Reader] = {
    "adesao.concluida": _concluded,
    "atualizacao.concluida": _concluded,
    "certificado.excluido": _removed,
    "aviso.devolvido": _bounced,
    "aviso.politica": _of_policy,
    "contrato.fluxo_aberto": _of_contract,
    "contrato.fluxo_cancelado": _of_contract,
    "contrato.documento_emitido": _of_contract,
    "contrato.situacao": _of_contract,
    "contrato.prazo_alterado": _of_contract,
    "contrato.ccg_celebrado": _of_contract,
    "contrato.ccg_revogado": _of_contract,
    "contrato.aditamento_eficaz": _of_contract,
    "contrato.cota_publicada": _of_contract,
    "contrato.cota_pendente": _of_contract,
    "contrato.cota_no_acep": _of_contract,
    "contrato.cotistas_informados": _of_contract,
    "contrato.historico_declarado": _of_history,
    "contrato.historico_validado": _of_history,
    "contrato.historico_devolvido": _of_history,
    "contrato.sucessao_efetivada": _of_contract,
    "contrato.sucessao_assumida": _of_contract,
}
