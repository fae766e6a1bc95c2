"""What operations must do by hand about revocation: call the company that lost a certificate, chase a list."""

from collections.abc import Iterator
from datetime import datetime

from certificados.models import Certificado, ListaRevogacao
from certificados.revogacao import selectors
from notificacoes.models import Motivo, Tarefa
from notificacoes.services.nao_entregues import ATOR
from notificacoes.services.operacao import close_task
from portal import clock
from portal.auditoria.models import Evento
from portal.kernel.text import visible

LIGAR = "Excluído dos servidores: {motivo}. Ligue para a empresa: o acesso dela com ele parou sem aviso prévio."
PROCURAR = (
    "{certificadora}, {url}: {desde}. {quantos} em uso dependem dela e continuam em uso. {falha}"
    "Procure a certificadora ou libere a saída para o endereço."
)


def open_revoked(*, after: int, until: int, now: datetime) -> int:
    """One for each certificate that the ledger says was found in a list."""
    told = Evento.objects.filter(tipo="certificado.revogado", numero__gt=after, numero__lte=until).order_by("numero")
    return _open([tarefa for evento in told for tarefa in _revoked(evento, now=now)])


def _revoked(evento: Evento, *, now: datetime) -> Iterator[Tarefa]:
    rows = Certificado.objects.filter(agente__cnpj=evento.cnpj, sha256=evento.dados["sha256"], slot=None)
    certificado = rows.order_by("-removed_at", "-pk").first()
    if certificado is not None:
        yield Tarefa(
            motivo=Motivo.REVOGADO,
            chave=f"{Motivo.REVOGADO}:{evento.numero}",
            agente=certificado.agente,
            certificado=certificado,
            detalhe=LIGAR.format(motivo=certificado.motivo),
            created_at=now,
        )


def open_stale(now: datetime) -> int:
    """One for each list and each time that it runs out."""
    return _open([_stale(lista, now=now) for lista in selectors.stale(now)]) if selectors.is_on() else 0


def _stale(lista: ListaRevogacao, *, now: datetime) -> Tarefa:
    end = clock.local(lista.next_update) if lista.next_update else None
    dependem = lista.certificados  # type: ignore[attr-defined]  # annotated
    detalhe = PROCURAR.format(
        certificadora=visible(lista.emissora, 80),
        url=visible(lista.url, 120),
        desde=f"a última lista lida venceu em {end:%d/%m/%Y às %Hh%M}" if end else "nunca foi lida",
        quantos="1 certificado" if dependem == 1 else f"{dependem} certificados",
        falha=f"Na última tentativa: {visible(lista.falha, 90)}. " if lista.falha else "",
    )
    return Tarefa(motivo=Motivo.LISTA_SEM_LEITURA, chave=_key(lista), detalhe=detalhe[:500], created_at=now)


def _key(lista: ListaRevogacao) -> str:
    return (
        f"{Motivo.LISTA_SEM_LEITURA}:{lista.pk}:{lista.next_update:%Y%m%d%H%M%S}"
        if lista.next_update
        else (f"{Motivo.LISTA_SEM_LEITURA}:{lista.pk}:nunca")
    )


def _open(tarefas: list[Tarefa]) -> int:
    there = set(Tarefa.objects.filter(chave__in=[one.chave for one in tarefas]).values_list("chave", flat=True))
    new = [one for one in tarefas if one.chave not in there]
    return len(Tarefa.objects.bulk_create(new, ignore_conflicts=True))


def close_done(now: datetime) -> None:
    """Inside an act. Read again, or no certificate in service needs it any more."""
    rows = list(Tarefa.objects.filter(motivo=Motivo.LISTA_SEM_LEITURA, done_at=None).order_by("pk"))
    still = {_key(lista) for lista in selectors.stale(now)} if rows else set()
    for tarefa in rows:
        if tarefa.chave not in still:
            close_task(tarefa, nota="A lista voltou a ser lida, ou ninguém mais depende dela.", by=ATOR, now=now)
