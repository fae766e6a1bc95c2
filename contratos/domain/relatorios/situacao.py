"""3.16: where the signatures of an auction stand: whose turn it is, what is pending, and the tickets about it."""

from collections.abc import Iterable, Iterator
from datetime import date

from contratos.domain.andamento import Situacao
from contratos.domain.relatorios.fatos import CCEE, Chamado, Etapa, Negocio, Quem
from contratos.domain.relatorios.folha import Celula, Ficha, Relatorio
from portal.kernel.business_days import Calendario
from portal.kernel.cnpj import mask

CODIGO, CLAUSULA = "situacao", "3.16"
TITULO = "Situação das assinaturas"
COLUNAS = (
    "Leilão",
    "Contrato",
    "Agente",
    "CNPJ",
    "Pendência",
    "Aberta em",
    "Prazo",
    "Dias úteis de atraso",
    "Dias úteis de atraso com a parte",
    "Chamados",
    "Assinatura",
    "Assinado em",
    "Termo da assinatura",
)
VAZIO = "O leilão ainda não tem contratos."


def write(negocios: Iterable[Negocio], em: date, calendario: Calendario) -> Relatorio:
    found = [negocio.on(em) for negocio in negocios]
    fichas = tuple(ficha for negocio in found for ficha in _of(negocio, em, calendario))
    agents = {ficha.campos["Agente"] for ficha in fichas if ficha.campos["Pendência"] and ficha.campos["CNPJ"]}
    resumo: tuple[tuple[str, Celula], ...] = (
        ("Contratos", len(found)),
        ("Assinados", sum(negocio.assinado is not None for negocio in found)),
        ("Não assinados depois do prazo", sum(negocio.is_unsigned(em) for negocio in found)),
        ("Agentes com pendências", len(agents)),
    )
    return Relatorio(CODIGO, CLAUSULA, TITULO, em, COLUNAS, resumo, fichas, VAZIO)


def report_due(negocios: Iterable[Negocio], du: int | None, calendario: Calendario) -> date | None:
    """So many business days after the last signing deadline of the auction, where the norm is known."""
    ends = [negocio.termo for negocio in negocios if negocio.termo]
    return calendario.add(max(ends), du) if ends and du is not None else None


def _of(negocio: Negocio, em: date, calendario: Calendario) -> Iterator[Ficha]:
    pending = [etapa for etapa in negocio.etapas if etapa.situacao is Situacao.ABERTA]
    told: set[Quem] = set()
    for etapa in pending:
        told |= {*etapa.de_quem}
        yield _pending(negocio, etapa, em, calendario)
    for chamado in negocio.chamados:
        if chamado.agente not in told and chamado.encerrado is None:
            yield _ticket(negocio, chamado, em)
    if not pending:
        signed = negocio.assinado is not None
        estado = "Assinado" if signed else "Sem pendência aberta"
        yield Ficha(negocio.numero, estado, "ok" if signed else "neutro", _fields(negocio, em))


def _pending(negocio: Negocio, etapa: Etapa, em: date, calendario: Calendario) -> Ficha:
    late = etapa.is_late(em)
    ours = etapa.de_quem == (CCEE,)
    estado = "Atrasada" if late else "Com a CCEE" if ours else "Pendente, no prazo"
    more: dict[str, Celula] = {
        "Agente": " ou ".join(who.sigla for who in etapa.de_quem),
        "CNPJ": " ou ".join(mask(who.cnpj) for who in etapa.de_quem if who.cnpj),
        "Pendência": f"{etapa.codigo} {etapa.nome}",
        "Aberta em": etapa.aberta,
        "Prazo": etapa.vence,
        "Dias úteis de atraso": etapa.days_late(em, calendario) if late else None,
        "Dias úteis de atraso com a parte": etapa.days_held(em, calendario) if late else None,
        "Chamados": "; ".join(str(chamado) for chamado in negocio.chamados if chamado.agente in etapa.de_quem),
    }
    title = f"{negocio.numero} · {more['Agente']}"
    return Ficha(title, estado, "erro" if late else "neutro" if ours else "alerta", _fields(negocio, em, more))


def _ticket(negocio: Negocio, chamado: Chamado, em: date) -> Ficha:
    more: dict[str, Celula] = {
        "Agente": chamado.agente.sigla,
        "CNPJ": mask(chamado.agente.cnpj),
        "Pendência": chamado.descricao,
        "Aberta em": chamado.aberto,
        "Chamados": str(chamado),
    }
    return Ficha(f"{negocio.numero} · {chamado.agente.sigla}", "Chamado aberto", "alerta", _fields(negocio, em, more))


def _fields(negocio: Negocio, em: date, more: dict[str, Celula] | None = None) -> dict[str, Celula]:
    known: dict[str, Celula] = {
        "Leilão": negocio.leilao,
        "Contrato": negocio.numero,
        "Assinatura": negocio.signature(em),
        "Assinado em": negocio.assinado,
        "Termo da assinatura": negocio.termo,
        **(more or {}),
    }
    return {coluna: known.get(coluna) for coluna in COLUNAS}
