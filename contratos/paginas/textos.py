"""The full text of the contracts marked as public (3.6), without what is personal: no CPF, no address of a person."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet

from contratos.domain.contrato import Assinatura
from contratos.domain.procedimentos import Peca
from contratos.models import Contrato, Documento
from portal.kernel.errors import NotFound
from portal.kernel.text import searchable

POR_PAGINA = 50
NAO_HA = "Não há contrato público com esse número."


def page(query: Any) -> dict[str, Any]:
    busca = query.get("busca", "").replace("\0", "").strip()[:60]
    rows = _search(_public(), busca).order_by("numero")
    return {"pagina": Paginator(rows, POR_PAGINA).get_page(query.get("pagina")), "busca": busca}


def one(numero: str) -> dict[str, Any]:
    """Raises NotFound, in the same words for a contract that is not public and one that is not there."""
    contrato = _public().filter(numero=numero).first()
    if contrato is None:
        raise NotFound(NAO_HA)
    return {"contrato": contrato, "paragrafos": paragraphs(contrato), "documento": published(contrato)}


def document(numero: str) -> Documento:
    """As it was issued: signing adds certificates, which name people by their CPF."""
    found = published(one(numero)["contrato"])
    if found is None:
        raise NotFound(NAO_HA)
    return found


def queue() -> list[tuple[Contrato, str]]:
    """Those to be published of which something is missing, and what."""
    return [(contrato, missing) for contrato in _public().order_by("numero") if (missing := lack(contrato))]


def lack(contrato: Contrato) -> str:
    if contrato.assinatura == Assinatura.ASSINADO and published(contrato) is None:
        return "Está assinado, mas o documento assinado não está no portal."
    if not paragraphs(contrato) and published(contrato) is None:
        return "Não tem minuta: escolha o texto do contrato no cadastro."
    return ""


def published(contrato: Contrato) -> Documento | None:
    """Once all have signed."""
    if contrato.assinatura != Assinatura.ASSINADO:
        return None
    documentos: Iterable[Documento] = contrato.documentos.all()
    return next((each for each in documentos if each.tipo == Peca.CONTRATO and each.replaced_at is None), None)


def paragraphs(contrato: Contrato) -> list[str]:
    text = contrato.minuta.texto if contrato.minuta else ""
    return [line.strip() for line in text.split("\n") if line.strip()]


def _public() -> QuerySet[Contrato]:
    issued = Documento.objects.filter(tipo=Peca.CONTRATO.value, replaced_at=None).defer("emitido", "assinado")
    return (
        Contrato.objects.filter(publicavel=True)
        .select_related("vendedor", "comprador", "leilao", "minuta")
        .prefetch_related(Prefetch("documentos", issued))
    )


def _search(rows: QuerySet[Contrato], busca: str) -> QuerySet[Contrato]:
    plain = searchable(busca)
    party = Q(vendedor__sigla_busca__contains=plain) | Q(comprador__sigla_busca__contains=plain)
    return rows.filter(party | Q(numero__contains=plain)) if plain else rows
