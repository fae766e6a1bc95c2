"""3.14: who caused that a contract was not signed, or missed a deadline on the way, and what the other side did.

A day counts against whoever held the activity on it, never against whoever was still waiting for another.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from contratos.domain.relatorios.fatos import Etapa, Negocio, Quem
from contratos.domain.relatorios.folha import Celula, Ficha, Relatorio
from portal.kernel.business_days import Calendario
from portal.kernel.cnpj import mask

CODIGO, CLAUSULA = "nao-assinatura", "3.14"
TITULO = "Não assinatura e prazos perdidos"
PRAZO_DU = 5  # after the last day for signing
COLUNAS = (
    "Leilão",
    "Contrato",
    "Agente",
    "CNPJ",
    "Atividade",
    "Aberta em",
    "Prazo",
    "Encerrada em",
    "Dias úteis de atraso",
    "Dias úteis de atraso com a parte",
    "Evidência",
    "Assinatura",
    "Termo da assinatura",
    "Relatório à ANEEL até",
    "Parte adimplente",
    "Cumpriu a sua parte em",
    "O que cumpriu",
)
VAZIO = "Nenhum prazo foi perdido até essa data, e nenhum contrato ficou sem assinatura depois do prazo."


def write(negocios: Iterable[Negocio], em: date, calendario: Calendario) -> Relatorio:
    found = [negocio.on(em) for negocio in negocios]
    fichas = tuple(ficha for negocio in found for ficha in _of(negocio, em, calendario))
    unsigned = [negocio for negocio in found if negocio.is_unsigned(em)]
    late = {ficha.campos["Contrato"] for ficha in fichas}
    resumo: tuple[tuple[str, Celula], ...] = (
        ("Contratos com prazo perdido", len(late)),
        ("Não assinados depois do prazo", len(unsigned)),
    )
    return Relatorio(CODIGO, CLAUSULA, TITULO, em, COLUNAS, resumo, fichas, VAZIO)


def report_due(termo: date | None, calendario: Calendario) -> date | None:
    return calendario.add(termo, PRAZO_DU) if termo else None


def _of(negocio: Negocio, em: date, calendario: Calendario) -> Iterator[Ficha]:
    late = [etapa for etapa in negocio.etapas if etapa.is_late(em) and etapa.aberta]
    if not late and negocio.is_unsigned(em):
        late = [etapa for etapa in negocio.etapas if etapa.por_fazer]
    to_blame = {who for etapa in late if _answers(etapa, em, calendario) for who in etapa.de_quem}
    for etapa in late:
        estado, tom = _state(etapa, negocio, em, calendario)
        quem = " ou ".join(who.sigla for who in etapa.de_quem)
        yield Ficha(
            f"{negocio.numero} · {quem}",
            estado,
            tom,
            _fields(negocio, etapa, em, calendario) | _compliant(negocio, to_blame | {*etapa.de_quem}),
        )


def _answers(etapa: Etapa, em: date, calendario: Calendario) -> bool:
    """A Saturday is no business day, yet what was due on Friday is late on it."""
    in_time = etapa.aberta is not None and etapa.vence is not None and etapa.aberta <= etapa.vence
    return etapa.is_late(em) and (in_time or etapa.days_held(em, calendario) > 0)


def _state(etapa: Etapa, negocio: Negocio, em: date, calendario: Calendario) -> tuple[str, str]:
    if not _answers(etapa, em, calendario):
        return ("Recebeu a atividade já vencida", "neutro") if etapa.is_late(em) else ("Era a sua vez", "neutro")
    if not etapa.por_fazer:
        return "Cumpriu com atraso", "alerta"
    if negocio.is_unsigned(em):
        return "Deu causa à não assinatura", "erro"
    return "Prazo perdido", "erro"


def _fields(negocio: Negocio, etapa: Etapa, em: date, calendario: Calendario) -> dict[str, Celula]:
    return {
        "Leilão": negocio.leilao,
        "Contrato": negocio.numero,
        "Agente": " ou ".join(who.sigla for who in etapa.de_quem),
        "CNPJ": " ou ".join(mask(who.cnpj) for who in etapa.de_quem if who.cnpj),
        "Atividade": f"{etapa.codigo} {etapa.nome}",
        "Aberta em": etapa.aberta,
        "Prazo": etapa.vence,
        "Encerrada em": etapa.encerrada,
        "Dias úteis de atraso": etapa.days_late(em, calendario),
        "Dias úteis de atraso com a parte": etapa.days_held(em, calendario),
        "Evidência": etapa.evidencia,
        "Assinatura": negocio.signature(em),
        "Termo da assinatura": negocio.termo,
        "Relatório à ANEEL até": report_due(negocio.termo, calendario),
    }


def _compliant(negocio: Negocio, to_blame: set[Quem]) -> dict[str, Celula]:
    sides = [(who, _last_done(negocio, who)) for who in negocio.partes if who not in to_blame]
    return {
        "Parte adimplente": "; ".join(who.sigla for who, _ in sides),
        "Cumpriu a sua parte em": "; ".join(f"{etapa.encerrada:%d/%m/%Y}" for _, etapa in sides if etapa),
        "O que cumpriu": "; ".join(etapa.nome if etapa else "nada lhe cabia até a data" for _, etapa in sides),
    }


def _last_done(negocio: Negocio, who: Quem) -> Etapa | None:
    """Its signature where there is one, else the latest that it did."""
    done = [
        etapa
        for etapa in negocio.etapas
        if who in etapa.de_quem and etapa.encerrada is not None and etapa.situacao == "concluida"
    ]
    return max(done, key=lambda etapa: (etapa.assina, etapa.encerrada), default=None)
