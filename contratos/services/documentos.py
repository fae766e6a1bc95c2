"""Documents issued for signature: their bytes are fixed here, and nothing else counts as the document."""

import hashlib
from collections.abc import Iterator

from contratos import acesso
from contratos.assinatura import documento as papel
from contratos.assinatura.documento import Clausula, Lugar, Parte
from contratos.domain.contrato import CCEE_ACER, ESPECIES
from contratos.domain.procedimentos import PECAS, Peca, Responsavel
from contratos.models import Contrato, Documento, Fluxo, Sucessao
from contratos.selectors import signatories
from contratos.services.andamento import Andamento
from contratos.services.trilha import note
from portal import clock
from portal.agentes.models import Agente

PAPEIS = {
    Responsavel.VENDEDOR: "Vendedora",
    Responsavel.COMPRADOR: "Compradora",
    Responsavel.SOLICITANTE: "Solicitante",
    Responsavel.SUCESSORA: "Sucessora",
}
TERMOS = {Sucessao.Tipo.DISTRATO: "Termo de distrato", Sucessao.Tipo.CESSAO: "Termo de cessão"}
ACER = Parte("Compradora", "CCEE, como Agente Comercializador da Energia de Reserva (ACER)", "")


def issue(andamento: Andamento, peca: Peca, *, by: str) -> Documento:
    """Inside an act. The one before it in the same flow is replaced: its signatures stay with it."""
    fluxo, now = andamento.fluxo, andamento.now
    fluxo.documentos.filter(tipo=peca.value, replaced_at=None).update(replaced_at=now)
    conteudo = papel.issue(_content(andamento, peca))
    issued = Documento.objects.create(
        contrato=fluxo.contrato,
        fluxo=fluxo,
        tipo=peca.value,
        titulo=_title(fluxo, peca),
        emitido=conteudo,
        sha256=hashlib.sha256(conteudo).hexdigest(),
        issued_at=now,
        issued_by=by,
    )
    note(fluxo.contrato, "documento_emitido", by=by, now=now, documento=issued.titulo, sha256=issued.sha256)
    return issued


def _content(andamento: Andamento, peca: Peca) -> papel.Documento:
    fluxo, contrato = andamento.fluxo, andamento.fluxo.contrato
    return papel.Documento(
        titulo=f"{_title(fluxo, peca)} · {ESPECIES[contrato.tipo]}",
        numero=contrato.numero,
        partes=(*_parties(contrato), *_successor(fluxo, peca)),
        lugares=_places(andamento, peca),
        emitido_em=andamento.now,
        campos=tuple(_terms(contrato)),
        clausulas=_clauses(fluxo, peca),
    )


def _title(fluxo: Fluxo, peca: Peca) -> str:
    return PECAS[peca] if peca is not Peca.TERMO_DE_SUCESSAO else TERMOS[Sucessao.Tipo(fluxo.sucessao.tipo)]


def _clauses(fluxo: Fluxo, peca: Peca) -> tuple[Clausula, ...]:
    if peca is Peca.TERMO_DE_SUCESSAO:
        return tuple(Clausula(f"{number}.", "", text) for number, text in enumerate(_succession(fluxo.sucessao), 1))
    return _text(fluxo.contrato) if peca is Peca.CONTRATO else _stated(fluxo)


def _successor(fluxo: Fluxo, peca: Peca) -> tuple[Parte, ...]:
    if peca is not Peca.TERMO_DE_SUCESSAO:
        return ()
    sucessora = fluxo.sucessao.sucessora
    return (Parte("Sucessora", sucessora.razao_social, sucessora.cnpj),)


def _succession(sucessao: Sucessao) -> Iterator[str]:
    day, out, new = f"{sucessao.efeito_em:%d/%m/%Y}", sucessao.sucedida.razao_social, sucessao.sucessora.razao_social
    if sucessao.tipo == Sucessao.Tipo.DISTRATO:
        yield f"As partes distratam o contrato em {day}, dia em que começa o novo, em que {new} sucede a {out}."
        yield f"O novo contrato dura o que restava ao original, até {sucessao.fim:%d/%m/%Y}, nos mesmos termos."
    else:
        yield f"{out} cede a {new} sua posição no contrato, com efeito em {day}."
    yield f"{new} assume, desde {day}, tudo a que {out} tinha direito e estava obrigada."
    if sucessao.muda_titularidade:
        yield "Muda a titularidade da outorga: as partes distratam a garantia financeira original e constituem outra."


def _parties(contrato: Contrato) -> tuple[Parte, ...]:
    vendedora = Parte("Vendedora", contrato.vendedor.razao_social, contrato.vendedor.cnpj)
    if contrato.comprador is None:
        return vendedora, ACER
    return vendedora, Parte("Compradora", contrato.comprador.razao_social, contrato.comprador.cnpj)


def _places(andamento: Andamento, peca: Peca) -> tuple[Lugar, ...]:
    """A place for every person who may sign; one of each side is enough."""
    hoje = clock.local_date(andamento.now)
    places = []
    for step in andamento.procedimento.atividades:
        if step.assina is peca:
            holders: list[Agente | None] = [*acesso.responsible(andamento.fluxo, step.responsavel)]
            for agente in holders or [None]:
                name = agente.sigla if agente is not None else CCEE_ACER
                places += [Lugar(s.nome, PAPEIS[step.responsavel], name) for s in signatories(agente, on=hoje)]
    return tuple(places)


def _terms(contrato: Contrato) -> list[tuple[str, str]]:
    terms = [
        ("Espécie", ESPECIES[contrato.tipo]),
        ("Leilão", str(contrato.leilao) if contrato.leilao else ""),
        ("Produto", contrato.produto),
        ("Período de suprimento", f"{contrato.suprimento_inicio:%d/%m/%Y} a {contrato.suprimento_fim:%d/%m/%Y}"),
        ("Energia total", f"{_decimal(contrato.energia_mwh)} MWh"),
        ("Montante", f"{_decimal(contrato.montante_mwmed)} MWmédio"),
        ("Preço", f"R$ {contrato.preco}/MWh".replace(".", ",") if contrato.preco is not None else ""),
    ]
    return [(name, value) for name, value in terms if value]


def _decimal(value: object) -> str:
    return f"{value:,.6f}".translate(str.maketrans(",.", ".,"))


def _text(contrato: Contrato) -> tuple[Clausula, ...]:
    paragraphs = [p.strip() for p in (contrato.minuta.texto if contrato.minuta else "").split("\n") if p.strip()]
    return tuple(Clausula(f"{number}.", "", text) for number, text in enumerate(paragraphs, 1))


def _stated(fluxo: Fluxo) -> tuple[Clausula, ...]:
    """A form or amendment says what was stated on its way."""
    rows = fluxo.atividades.exclude(evidencia={}).order_by("ordem", "rodada")
    return tuple(
        Clausula(row.codigo, row.nome, "\n\n".join(str(text) for text in row.evidencia.values())) for row in rows
    )
