"""The reports to ANEEL, for whoever may see their contracts: on a page, and to take away."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator

from contratos import acesso
from contratos.domain.relatorios import Relatorio, aditamentos, edital, firmados, nao_assinatura, situacao, text
from contratos.forms.relatorios import RelatorioForm
from contratos.models import Leilao
from contratos.relatorio import aditamentos as lidos
from contratos.relatorio import negocios, passado
from portal import clock, planilha
from portal.agentes.acesso import Ator
from portal.kernel.errors import NotFound

RELATORIOS = {modulo.CODIGO: modulo for modulo in (nao_assinatura, situacao, firmados, edital, aditamentos)}
LEITURAS: Mapping[str, Callable[..., list[Any]]] = {aditamentos.CODIGO: lidos.read}  # the others read the contracts
DESCRICOES = {
    "nao-assinatura": "Quem deu causa à não assinatura ou perdeu prazo, em dias úteis, com a evidência, e quando a "
    "parte adimplente cumpriu a sua parte.",
    "situacao": "Em que pé está cada contrato do leilão, as pendências de cada agente e os chamados abertos.",
    "firmados": "Os contratos assinados no leilão, com partes, suprimento e montantes.",
    "aditamentos": "Cada aditamento dos contratos do leilão: o ato, em que pé está a assinatura, e se já tem eficácia.",
    "edital": "O que o edital pede antes da assinatura, e quem ainda deve.",
}
POR_PAGINA = 50


def index() -> list[tuple[str, str, str, str]]:
    """Code, title, clause and description of each."""
    return [(codigo, modulo.TITULO, modulo.CLAUSULA, DESCRICOES[codigo]) for codigo, modulo in RELATORIOS.items()]


def page(codigo: str, query: Mapping[str, str], *, ator: Ator, now: datetime) -> dict[str, Any]:
    """What the page and the files need; no `relatorio` where there is nothing to report on, or the form errs."""
    if codigo not in RELATORIOS:
        raise NotFound("Não há relatório com esse nome.")
    hoje = clock.local_date(now)
    form = RelatorioForm(query, leiloes=auctions(ator, now=now), hoje=hoje)
    modulo = RELATORIOS[codigo]
    context: dict[str, Any] = {"form": form, "codigo": codigo, "titulo": modulo.TITULO, "clausula": modulo.CLAUSULA}
    chosen = form.chosen()
    if chosen is None:
        return context
    leilao, em = chosen
    found = LEITURAS.get(codigo, negocios.read)(ator, leilao, em, now=now)
    relatorio = write(codigo, found, em)
    return context | {
        "leilao": leilao,
        "relatorio": relatorio,
        "hoje": em == hoje,
        "prazo": _due(codigo, found, leilao, em),
        "pagina": Paginator(relatorio.fichas, POR_PAGINA).get_page(query.get("pagina")),
        "nome": f"relatorio-{modulo.CLAUSULA}-leilao-{leilao.numero}-{leilao.tipo}-{em}",
    }


def auctions(ator: Ator, *, now: datetime) -> Any:
    """Those of the contracts that the person may see, the latest first."""
    mine = acesso.visible(ator, now=now).order_by().values("leilao")
    return Leilao.objects.filter(pk__in=mine)


def write(codigo: str, found: Iterable[Any], em: date) -> Relatorio:
    written: Relatorio = RELATORIOS[codigo].write(found, em, passado.calendar_of(em))
    return written


def as_csv(relatorio: Relatorio) -> bytes:
    rows = ([ficha.estado, *(text(c, milhares=False) for c in ficha.campos.values())] for ficha in relatorio.fichas)
    return planilha.write(["Situação", *relatorio.colunas], rows)


def _due(codigo: str, found: list[Any], leilao: Leilao, em: date) -> date | None:
    """On the page only: the norm may change, and a report of a past day may not."""
    if codigo != situacao.CODIGO:
        return None
    return situacao.report_due(found, leilao.relatorio_situacao_du, passado.calendar_of(em))
