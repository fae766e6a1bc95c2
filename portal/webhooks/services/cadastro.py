"""Destinations: made, changed, switched, removed, and tried. Each is an act, and only this company's to do."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao, Ator
from portal.agentes.models import Agente
from portal.auditoria.services import act
from portal.kernel.errors import Conflict, Forbidden, NotFound, refuse
from portal.kernel.text import visible
from portal.saida.domain import enderecos
from portal.webhooks import segredos
from portal.webhooks.domain import eventos
from portal.webhooks.domain.dados import Dados
from portal.webhooks.envio import ESQUEMAS
from portal.webhooks.models import Destino, Entrega, Estado
from portal.webhooks.selectors import NAO_HA
from portal.webhooks.services.acerto import record_about
from portal.webhooks.services.fila import cancel_waiting
from portal.webhooks.services.plano import begin

LIMITE = 10  # destinations of one company
TROCA = timedelta(hours=24)  # for which the former secret signs too
FINAIS = (Estado.ENTREGUE, Estado.MORTA, Estado.CANCELADA)
SO_OPERACAO = "Os destinos dos gateways são da operação."
DESLIGADO_A_MAO = "o destino foi desligado"


@act()
def create(agente: Agente | None, dados: Dados, *, ator: Ator, now: datetime) -> tuple[Destino, str]:
    """With its secret. No company: a gateway's, which operations keep."""
    _require(ator, agente, now=now)
    kept = _judged(dados, gateway=agente is None)
    if Destino.objects.filter(agente=agente, removed_at=None).count() >= LIMITE:
        raise Conflict(f"Já há {LIMITE} destinos de webhook. Remova um que não usa mais e crie o novo.")
    destino = Destino(agente=agente, sal=segredos.new_salt(), sal_at=now, created_at=now, created_by=ator.nome)
    for name, value in {**kept, **begin()}.items():
        setattr(destino, name, value)
    destino.save()
    record_about(destino, "webhook.criado", by=ator.nome, now=now, eventos=kept["eventos"])
    return destino, segredos.of_salt(destino.sal) or ""


@act()
def change(pk: int, dados: Dados, *, ator: Ator, now: datetime) -> Destino:
    destino = _own(pk, ator, now=now)
    kept = _judged(dados, gateway=destino.gateway)
    if kept["url"] != destino.url:
        destino.falhas, destino.pausado_ate = 0, None
    for name, value in kept.items():
        setattr(destino, name, value)
    destino.save()
    record_about(destino, "webhook.alterado", by=ator.nome, now=now, eventos=kept["eventos"])
    return destino


@act()
def switch(pk: int, *, ativo: bool, ator: Ator, now: datetime, at: datetime) -> None:
    """What happens while it is off is not told later, and what waits when it is switched off is cancelled, `at`."""
    destino = _own(pk, ator, now=now)
    if destino.ativo == ativo:
        return
    destino.ativo, destino.motivo = ativo, "" if ativo else f"Desligado por {visible(ator.nome, 100)}."
    destino.falhas, destino.pausado_ate = 0, None
    destino.save()
    if not ativo:
        cancel_waiting(destino, DESLIGADO_A_MAO, now=at)
    record_about(destino, "webhook.ligado" if ativo else "webhook.desligado", by=ator.nome, now=now)


@act()
def rotate(pk: int, *, ator: Ator, now: datetime) -> str:
    """The new secret. The one it replaces signs beside it for a day, so that the other side can change in peace."""
    destino = _own(pk, ator, now=now)
    destino.sal_anterior, destino.anterior_ate = destino.sal, now + TROCA
    destino.sal, destino.sal_at = segredos.new_salt(), now
    destino.save()
    record_about(destino, "webhook.segredo_trocado", by=ator.nome, now=now)
    return segredos.of_salt(destino.sal) or ""


@act()
def remove(pk: int, *, ator: Ator, now: datetime, at: datetime) -> None:
    """Its log stays; nothing more is sent, and its secret is of no use."""
    destino = _own(pk, ator, now=now)
    destino.ativo, destino.removed_at = False, now
    destino.save()
    cancel_waiting(destino, "o destino foi removido", now=at)
    record_about(destino, "webhook.removido", by=ator.nome, now=now)


@act()
def send_test(pk: int, *, ator: Ator, now: datetime, at: datetime) -> Entrega:
    """An event of its own, now, whatever the circuit says. `at` is the machine's time."""
    destino = _own(pk, ator, now=now)
    _must_be_on(destino)
    name = f"teste_{secrets.token_hex(8)}"
    entrega = Entrega.objects.create(destino=destino, evento=name, tipo=eventos.TESTE, created_at=at)
    _let_one_through(destino, at)
    record_about(destino, "webhook.testado", by=ator.nome, now=now, evento=name)
    return entrega


@act()
def resend(pk: int, entrega_pk: int, *, ator: Ator, now: datetime, at: datetime) -> None:
    """The same event, with the same id, as if it had never been tried."""
    destino = _own(pk, ator, now=now)
    _must_be_on(destino)
    again = {"estado": Estado.PENDENTE, "tentativas": 0, "proxima_at": None, "ended_at": None, "created_at": at}
    entrega = Entrega.objects.filter(pk=entrega_pk, destino=destino, estado__in=FINAIS).first()
    if entrega is None:
        raise Conflict("Esta entrega não existe, ou já está na fila.")
    Entrega.objects.filter(pk=entrega.pk).update(**again)
    _let_one_through(destino, at)
    record_about(destino, "webhook.reenvio", by=ator.nome, now=now, evento=entrega.evento)


def _own(pk: int, ator: Ator, *, now: datetime) -> Destino:
    rows = Destino.objects.select_for_update(of=("self",)).select_related("agente").filter(removed_at=None)
    destino = rows.filter(pk=pk).first()
    if destino is None:
        raise NotFound(NAO_HA)
    _require(ator, destino.agente, now=now)
    return destino


def _require(ator: Ator, agente: Agente | None, *, now: datetime) -> None:
    if agente is not None:
        acesso.require(ator, Acao.ALTERAR, agente, on=clock.local_date(now))
    elif ator.usuario is None or not ator.usuario.has_perm("webhooks.change_destino"):
        raise Forbidden(SO_OPERACAO)


def _must_be_on(destino: Destino) -> None:
    if not destino.ativo:
        raise Conflict("Este destino está desligado. Ligue-o primeiro.")


def _let_one_through(destino: Destino, at: datetime) -> None:
    """Whoever asks by hand has mended something: the circuit tries, and stays open if it did not help."""
    if destino.pausado_ate is not None:
        destino.pausado_ate = at
        destino.save(update_fields=["pausado_ate"])


def _judged(dados: Dados, *, gateway: bool) -> dict[str, Any]:
    """As it is kept, or DomainError with what is wrong by field. No name is resolved here: sending does that."""
    nome, escolhidos = dados.nome.strip(), list(dict.fromkeys(dados.eventos))
    wrong = {"nome": "" if nome and len(nome) <= 80 and nome.isprintable() else "Dê um nome de até 80 caracteres."}
    wrong["url"] = _fault(dados.url.strip())
    if not escolhidos or eventos.unknown(escolhidos, gateway=gateway):
        wrong["eventos"] = "Escolha ao menos um evento da lista."
    refuse(wrong)
    return {"nome": nome, "url": dados.url.strip(), "eventos": escolhidos}


def _fault(url: str) -> str:
    try:
        enderecos.read(url, schemes=ESQUEMAS, hosts_allowed=settings.SAIDA_HOSTS_PERMITIDOS)
    except enderecos.Recusado as error:
        return str(error)
    return ""
