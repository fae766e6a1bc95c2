"""3.17: the contracts signed in an auction, due ten business days after the last guarantee was released."""

from collections.abc import Iterable
from datetime import date

from contratos.domain.relatorios.fatos import Negocio
from contratos.domain.relatorios.folha import Celula, Ficha, Relatorio
from portal.kernel.business_days import Calendario
from portal.kernel.cnpj import mask

CODIGO, CLAUSULA = "firmados", "3.17"
TITULO = "Contratos firmados"
PRAZO_DU = 10
TERMOS = (
    "Espécie",
    "Produto",
    "Início do suprimento",
    "Fim do suprimento",
    "Energia (MWh)",
    "Montante (MWmédio)",
    "Preço (R$/MWh)",
)
COLUNAS = (
    "Leilão",
    "Contrato",
    "Vendedor",
    "CNPJ do vendedor",
    "Comprador",
    "CNPJ do comprador",
    *TERMOS,
    "Assinado em",
    "Garantia liberada em",
)
VAZIO = "Nenhum contrato do leilão estava assinado nessa data."


def write(negocios: Iterable[Negocio], em: date, calendario: Calendario) -> Relatorio:
    found = [negocio.on(em) for negocio in negocios]
    signed = [negocio for negocio in found if negocio.assinado is not None]
    waiting = [negocio.numero for negocio in found if negocio.liberacao is None]
    due = report_due(found, calendario)
    resumo: tuple[tuple[str, Celula], ...] = (
        ("Contratos firmados", len(signed)),
        ("Relatório à ANEEL até", due or _waits(waiting)),
    )
    return Relatorio(CODIGO, CLAUSULA, TITULO, em, COLUNAS, resumo, tuple(_of(negocio) for negocio in signed), VAZIO)


def report_due(negocios: Iterable[Negocio], calendario: Calendario) -> date | None:
    """Counted from the last of all; unknown while that of one contract is."""
    released = [negocio.liberacao for negocio in negocios]
    known = [day for day in released if day is not None]
    return calendario.add(max(known), PRAZO_DU) if known and len(known) == len(released) else None


def _waits(numeros: list[str]) -> str:
    if not numeros:
        return ""
    more = f" e mais {len(numeros) - 3}" if len(numeros) > 3 else ""
    return f"ainda falta a informação da liberação da garantia de {', '.join(numeros[:3])}{more}"


def _of(negocio: Negocio) -> Ficha:
    known: dict[str, Celula] = {
        "Leilão": negocio.leilao,
        "Contrato": negocio.numero,
        "Vendedor": negocio.vendedor.sigla,
        "CNPJ do vendedor": mask(negocio.vendedor.cnpj),
        "Comprador": negocio.comprador.sigla,
        "CNPJ do comprador": mask(negocio.comprador.cnpj),
        **negocio.termos,
        "Assinado em": negocio.assinado,
        "Garantia liberada em": negocio.liberacao,
    }
    campos = {coluna: known.get(coluna) for coluna in COLUNAS}
    return Ficha(negocio.numero, "Assinado", "ok", campos)
