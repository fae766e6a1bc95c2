"""What the mails about contracts tell of, read for a whole batch."""

from collections.abc import Iterable

from contratos.models import Atividade
from notificacoes.models import Lembrete, Numeros
from portal.auditoria.models import Evento

OBJETO = "contrato "  # before the number, in the ledger
MUDANCA = "contrato.prazo_alterado"
Chave = tuple[str, str, str]  # number, procedure, code of the activity
Nomes = dict[Chave, str]


def load(envios: Iterable[int]) -> dict[int, list[Lembrete]]:
    """By Envio, the soonest due first."""
    pks = list(envios)
    found: dict[int, list[Lembrete]] = {}
    if not pks:
        return found
    fluxo = "atividade__fluxo__"
    rows = Lembrete.objects.filter(envio__in=Numeros(pks)).select_related(
        f"{fluxo}contrato__vendedor", f"{fluxo}contrato__comprador", f"{fluxo}solicitante", f"{fluxo}marcos"
    )
    for row in rows.order_by("atividade__vence_em", "pk"):
        found.setdefault(row.envio_id or 0, []).append(row)
    return found


def number_of(evento: Evento) -> str:
    return evento.objeto.removeprefix(OBJETO)


def key_of(evento: Evento) -> Chave:
    return number_of(evento), str(evento.dados.get("fluxo", "")), str(evento.dados.get("atividade", ""))


def names(eventos: Iterable[Evento]) -> Nomes:
    """What the activities are called whose due dates moved."""
    moved = [evento for evento in eventos if evento.tipo == MUDANCA]
    if not moved:
        return {}
    rows = Atividade.objects.filter(fluxo__contrato__numero__in={number_of(evento) for evento in moved}).order_by("pk")
    keys = ("fluxo__contrato__numero", "fluxo__procedimento", "codigo", "nome")
    return {(numero, procedimento, codigo): nome for numero, procedimento, codigo, nome in rows.values_list(*keys)}
