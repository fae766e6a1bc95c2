"""3.5: what the edital asks before the signature, and who owes it for which contract."""

from collections.abc import Iterable
from datetime import date

from contratos.domain.relatorios.fatos import ExigenciaNoDia, Negocio
from contratos.domain.relatorios.folha import Celula, Ficha, Relatorio
from portal.kernel.business_days import Calendario
from portal.kernel.cnpj import mask

CODIGO, CLAUSULA = "edital", "3.5"
TITULO = "Exigências do edital: quem deve o quê"
COLUNAS = (
    "Leilão",
    "Contrato",
    "Exigência",
    "Obrigatória",
    "De quem",
    "CNPJ",
    "Cumprida em",
    "Comprovante",
    "Termo da assinatura",
    "Dias úteis de atraso",
)
VAZIO = "O edital desse leilão não tem exigências registradas, ou o leilão ainda não tem contratos."


def write(negocios: Iterable[Negocio], em: date, calendario: Calendario) -> Relatorio:
    found = [negocio.on(em) for negocio in negocios]
    fichas = tuple(_of(negocio, each, em, calendario) for negocio in found for each in negocio.exigencias)
    owed = [each for negocio in found for each in negocio.exigencias if each.obrigatoria and each.cumprida is None]
    resumo: tuple[tuple[str, Celula], ...] = (
        ("Obrigatórias em aberto", len(owed)),
        ("Quem deve", ", ".join(sorted({who.sigla for each in owed for who in each.de_quem}))),
    )
    return Relatorio(CODIGO, CLAUSULA, TITULO, em, COLUNAS, resumo, fichas, VAZIO)


def _of(negocio: Negocio, exigencia: ExigenciaNoDia, em: date, calendario: Calendario) -> Ficha:
    termo = negocio.termo
    late = termo is not None and (exigencia.cumprida or em) > termo
    estado, tom = _state(exigencia, late=late)
    campos: dict[str, Celula] = {
        "Leilão": negocio.leilao,
        "Contrato": negocio.numero,
        "Exigência": exigencia.texto,
        "Obrigatória": "sim" if exigencia.obrigatoria else "não",
        "De quem": " ou ".join(who.sigla for who in exigencia.de_quem),
        "CNPJ": " ou ".join(mask(who.cnpj) for who in exigencia.de_quem if who.cnpj),
        "Cumprida em": exigencia.cumprida,
        "Comprovante": exigencia.comprovante,
        "Termo da assinatura": termo,
        "Dias úteis de atraso": calendario.between(termo, exigencia.cumprida or em) if late and termo else None,
    }
    return Ficha(f"{negocio.numero} · {campos['De quem']}", estado, tom, campos)


def _state(exigencia: ExigenciaNoDia, *, late: bool) -> tuple[str, str]:
    if exigencia.cumprida is not None:
        return ("Cumprida depois do prazo", "alerta") if late else ("Cumprida", "ok")
    if not exigencia.obrigatoria:
        return "Em aberto, não obrigatória", "neutro"
    return ("Não cumprida no prazo", "erro") if late else ("Em aberto", "alerta")
