"""Tickets about what a party owes (3.16): recorded and closed by CCEE's people."""

from datetime import date, datetime

from contratos import acesso
from contratos.models import Chamado, Contrato
from contratos.services.trilha import note
from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.services import act
from portal.kernel.errors import Conflict, NotFound, refusal
from portal.kernel.text import visible


@act()
def register_ticket(
    contrato: Contrato, agente: Agente, *, numero: str, aberto_em: date, descricao: str, ator: Ator, now: datetime
) -> Chamado:
    """Raises DomainError with `erros` by field, Conflict for a number that is already there."""
    acesso.require_ccee(ator, contrato, now=now)
    numero, descricao = visible(numero.strip(), 39), visible(descricao.strip(), 299)
    if agente not in contrato.partes:
        raise refusal("agente", f"{agente.sigla} não é parte do contrato {contrato.numero}.")
    if not numero or not descricao:
        raise refusal("descricao" if numero else "numero", "Informe o número do chamado e a pendência de que trata.")
    if aberto_em > clock.local_date(now):
        raise refusal("aberto_em", f"{aberto_em:%d/%m/%Y} ainda não chegou.")
    row, created = Chamado.objects.get_or_create(
        contrato=contrato,
        agente=agente,
        numero=numero,
        defaults={"aberto_em": aberto_em, "descricao": descricao, "registered_at": now, "registered_by": ator.nome},
    )
    if not created:
        raise Conflict(f"O chamado {numero} já está registrado para {agente.sigla} neste contrato.")
    _note(row, "chamado_registrado", ator=ator, now=now, aberto_em=aberto_em.isoformat(), descricao=descricao)
    return row


@act()
def close_ticket(pk: int, *, encerrado_em: date, ator: Ator, now: datetime) -> Chamado:
    rows = Chamado.objects.select_for_update(of=("self",)).select_related("contrato", "agente")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound(acesso.NAO_HA)
    acesso.require_ccee(ator, row.contrato, now=now)
    if row.encerrado_em is not None:
        raise Conflict(f"O chamado {row.numero} já foi encerrado em {row.encerrado_em:%d/%m/%Y}.")
    if not row.aberto_em <= encerrado_em <= clock.local_date(now):
        raise refusal("encerrado_em", f"Informe um dia de {row.aberto_em:%d/%m/%Y} até hoje.")
    row.encerrado_em, row.closed_at = encerrado_em, now
    row.save(update_fields=["encerrado_em", "closed_at"])
    _note(row, "chamado_encerrado", ator=ator, now=now, encerrado_em=encerrado_em.isoformat())
    return row


def _note(row: Chamado, tipo: str, *, ator: Ator, now: datetime, **dados: str) -> None:
    note(row.contrato, tipo, by=ator.nome, now=now, chamado=row.numero, agente=row.agente.sigla, **dados)
