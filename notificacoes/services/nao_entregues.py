"""What follows from a message that will not go out, and what the ledger says of one that did or did not."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from notificacoes.mensagens.lote import event_numbers
from notificacoes.models import Aviso, Envio, Estado, Lembrete, Motivo, Situacao, Tarefa, Tipo
from notificacoes.services.por_linha import update_rows
from portal.auditoria.models import Evento
from portal.auditoria.services import Fato
from portal.kernel.text import visible

ATOR = "portal"
SITUACAO = {Estado.MORTA: Situacao.MORTA, Estado.CANCELADA: Situacao.CANCELADA}


def close_unsent(envios: Sequence[Envio], *, now: datetime) -> list[Fato]:
    """Their notices end with them; each dead letter becomes a task. The facts are for the caller to record."""
    rows = [[e.pk, SITUACAO[Estado(e.estado)], visible(e.motivo, 190), now] for e in envios]
    columns = ("situacao", "motivo", "settled_at")
    closed = update_rows(Aviso, by="envio", columns=columns, rows=rows, situacao=Situacao.PLANEJADA)
    update_rows(Lembrete, by="envio", columns=columns, rows=rows, situacao=Situacao.PLANEJADA)
    dead = [envio for envio in envios if envio.estado == Estado.MORTA]
    if not dead:
        return []
    avisos: dict[int, list[int]] = {envio.pk: [] for envio in dead}
    about: dict[int, Aviso] = {}
    for aviso in Aviso.objects.filter(envio__in=dead).select_related("certificado").order_by("vence_em", "pk"):
        about.setdefault(aviso.envio_id or 0, aviso)
        if aviso.pk in closed:
            avisos[aviso.envio_id or 0].append(aviso.pk)
    _open_tasks(dead, about, now=now)
    return facts_of("aviso.nao_entregue", dead, told_by(avisos))


def _open_tasks(dead: Sequence[Envio], about: Mapping[int, Aviso], *, now: datetime) -> None:
    """A message that was sent again, after its task was done, and failed again is another task."""
    keys = {envio.pk: f"nao_entregue:{envio.pk}" for envio in dead}
    done = Tarefa.objects.filter(chave__in=keys.values(), done_at__isnull=False).values_list("chave", flat=True)
    again = set(done)
    tarefas = []
    for envio in dead:
        aviso = about.get(envio.pk)
        tarefas.append(
            Tarefa(
                motivo=Motivo.NAO_ENTREGUE,
                chave=f"{keys[envio.pk]}:{now.timestamp():.0f}" if keys[envio.pk] in again else keys[envio.pk],
                agente_id=aviso.certificado.agente_id if aviso else None,
                certificado=aviso.certificado if aviso else None,
                envio=envio,
                detalhe=visible(f"{envio.endereco}: {envio.motivo}" if envio.endereco else envio.motivo, 490),
                created_at=now,
            )
        )
    Tarefa.objects.bulk_create(tarefas, ignore_conflicts=True)


class Dito(NamedTuple):
    """What the ledger says of a notice."""

    antecedencia: int
    sha256: str
    cnpj: str
    destinatario: str


def told_by(avisos: Mapping[int, Sequence[int]]) -> dict[int, list[Dito]]:
    """Of the Aviso rows of each Envio."""
    rows = Aviso.objects.filter(pk__in=[aviso for of_one in avisos.values() for aviso in of_one]).values_list(
        "pk", "antecedencia", "certificado__sha256", "certificado__agente__cnpj", "destinatario__username"
    )
    known = {pk: Dito._make(facts) for pk, *facts in rows}
    return {envio: [known[aviso] for aviso in of_one] for envio, of_one in avisos.items()}


def facts_of(tipo: str, envios: Sequence[Envio], ditos: Mapping[int, Sequence[Dito]]) -> list[Fato]:
    """One entry for each notice; a message without any, one for each company that it is about."""
    others = [envio for envio in envios if envio.tipo in (Tipo.EXCLUSAO, Tipo.SOLICITACAO)]
    cnpjs = (
        dict(Evento.objects.filter(numero__in=event_numbers(others)).values_list("numero", "cnpj")) if others else {}
    )
    fatos = []
    for envio in envios:
        said: dict[str, object] = {"tipo": envio.tipo, "servidor": envio.smtp_resposta or envio.motivo}
        said["repeticao"] = envio.repeticoes > 0
        for dito in ditos.get(envio.pk, ()):
            dados = {"antecedencia": dito.antecedencia, "destinatario": dito.destinatario, "sha256": dito.sha256}
            fatos.append(Fato(tipo, dito.cnpj, envio.message_id, dados | said))
        if envio.tipo != Tipo.VENCIMENTO:
            said |= envio.dados.get("dito", {})  # of a pair: lead, person and certificate, as of any notice
            about = (
                envio.dados.get("cnpjs") or sorted({cnpjs.get(numero, "") for numero in event_numbers([envio])}) or [""]
            )
            fatos += [Fato(tipo, cnpj, envio.message_id, said) for cnpj in about]
    return fatos
