"""What the pages of destinations show."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.paginator import Page, Paginator

from portal import clock
from portal.webhooks import envio
from portal.webhooks.domain import eventos
from portal.webhooks.domain.eventos import POR_NOME
from portal.webhooks.models import Destino, Entrega, Estado
from portal.webhooks.selectors import Conteudo

POR_PAGINA = 25
SEGREDO_DE_EXEMPLO = "whsec_exemplo"  # a specimen signed with the real one could be passed off as an event
TOM = {
    Estado.ENTREGUE: "ok",
    Estado.PENDENTE: "alerta",
    Estado.ARRENDADA: "alerta",
    Estado.MORTA: "erro",
    Estado.CANCELADA: "neutro",
}


@dataclass(frozen=True, slots=True)
class Ficha:
    """A destination in words. `pausado_ate` only while it is in the future."""

    destino: Destino
    tom: str
    status: str
    explicacao: str
    eventos: list[str]


@dataclass(frozen=True, slots=True)
class Linha:
    entrega: Entrega
    tom: str

    @property
    def terminou(self) -> bool:
        return self.entrega.ended_at is not None


@dataclass(frozen=True, slots=True)
class Modelo:
    """What would be sent, headers and body."""

    tipo: str
    cabecalhos: list[tuple[str, str]]
    corpo: str
    segredo: str = SEGREDO_DE_EXEMPLO


def describe(destino: Destino, *, now: datetime) -> Ficha:
    """`now` is the machine's, as the circuit is."""
    names = [POR_NOME[nome].rotulo if nome in POR_NOME else nome for nome in destino.eventos]
    if not destino.ativo:
        return Ficha(destino, "neutro", "Desligado", f"{destino.motivo} Nada é enviado nem guardado.".strip(), names)
    if destino.pausado_ate is None:
        return Ficha(destino, "ok", "Ligado", "", names)
    falhas = f"{destino.falhas} entregas seguidas falharam. "
    if now < destino.pausado_ate:
        until = f"{clock.local(destino.pausado_ate):%d/%m/%Y às %Hh%M}"
        falhas += f"O portal espera até {until} para tentar de novo; os eventos ficam na fila. "
    return Ficha(destino, "erro", "Em pausa", f"{falhas}Corrigiu? Envie um teste.", names)


def deliveries(destino: Destino, pagina: int) -> tuple[Page[Entrega], list[Linha]]:
    page = Paginator(destino.entregas.order_by("-pk"), POR_PAGINA).get_page(pagina)
    return page, [Linha(entrega, TOM[Estado(entrega.estado)]) for entrega in page]


def specimen(destino: Destino, tipo: str, *, now: datetime) -> Modelo:
    """Made as a delivery is, from the example of its kind, and signed with a secret that is no secret."""
    cnpj = destino.agente.cnpj if destino.agente else str(POR_NOME[tipo].exemplo.get("cnpj", ""))
    evento = "evt_1041_9c1e66d0"
    corpo = eventos.write(evento, tipo, at=now, cnpj=cnpj, ambiente=settings.AMBIENTE, dados=POR_NOME[tipo].exemplo)
    headers = envio.headers(Conteudo(evento, tipo, corpo), [SEGREDO_DE_EXEMPLO], now=now)
    return Modelo(tipo, list(headers.items()), json.dumps(json.loads(corpo), ensure_ascii=False, indent=2))
