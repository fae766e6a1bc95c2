"""What a company keeps of a contract that it ceded: the contract as it stood on the day on which it left (3.87).

Nothing that happened afterwards is its matter. Entries of the ledger are written for the sides of their day, so that
its own entries are all that it was told.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from contratos import acesso
from contratos.models import Atividade, Contrato, Documento, Sucessao
from contratos.paginas import anotacoes, sucessao
from contratos.paginas.contrato import terms
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from portal.kernel.errors import NotFound


def find(ator: Ator, numero: str, *, now: datetime) -> Sucessao | None:
    """The last one by which a company of theirs left it; None where there is none, or where they see the contract."""
    return acesso.ceded(ator, now=now).filter(contrato__numero=numero[:30]).order_by("effected_at").last()


def listed(ator: Ator, *, now: datetime) -> list[Sucessao]:
    """Of each contract the last one, the latest first."""
    last = {row.contrato_id: row for row in acesso.ceded(ator, now=now).order_by("effected_at")}  # the demo has SQLite
    return sorted(last.values(), key=lambda row: row.efeito_em, reverse=True)


def read(cessao: Sucessao) -> dict[str, Any]:
    contrato = cessao.contrato
    sides = _sides(cessao)
    return {
        "contrato": contrato,
        "cessao": cessao,
        "partes": list(zip(contrato.papeis, sides, strict=True)),
        "termos": terms(contrato),
        "documentos": _documents(cessao),
        "registros": _ledger(cessao),
    }


def _sides(cessao: Sucessao) -> list[Agente | None]:
    """Seller and buyer of that day: this cession and those after it taken back, the latest first."""
    contrato = cessao.contrato
    found = [contrato.vendedor, contrato.comprador]
    for row in reversed(sucessao.ceded(contrato)):
        if row.effected_at is None or cessao.effected_at is None or row.effected_at < cessao.effected_at:
            break
        found = [row.sucedida if side == row.sucessora else side for side in found]
    return found


def _documents(cessao: Sucessao) -> QuerySet[Documento]:
    """Those that all had signed by then, the term of the cession among them: its proof."""
    rows = cessao.contrato.documentos.filter(completed_at__lte=cessao.effected_at)
    return rows.defer("emitido", "assinado")


def document(cessao: Sucessao, pk: int) -> Documento:
    found = _documents(cessao).filter(pk=pk).first()
    if found is None:
        raise NotFound("Este documento não é deste contrato.")
    return found


def _ledger(cessao: Sucessao) -> list[anotacoes.Anotacao]:
    objeto = f"contrato {cessao.contrato.numero}"
    own = Evento.objects.filter(cnpj=cessao.sucedida.cnpj, objeto=objeto, at__lte=cessao.effected_at)
    return anotacoes.read(own, [cessao.sucedida], _names(cessao.contrato))


def _names(contrato: Contrato) -> dict[tuple[str, str], str]:
    rows = Atividade.objects.filter(fluxo__contrato=contrato)
    return {(row[0], row[1]): row[2] for row in rows.values_list("fluxo__procedimento", "codigo", "nome")}
