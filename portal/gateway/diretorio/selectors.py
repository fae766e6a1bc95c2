"""Reading: what holds now, what was told last, and a page of the feed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef

from adesao.models import Credencial
from certificados.models import Certificado
from certificados.selectors import in_service
from portal.auditoria.models import Cadeia, Evento
from portal.gateway.domain.decisao import Motivo
from portal.gateway.domain.diretorio import Cursor, Item, Par
from portal.gateway.models import Entrada, Publicacao
from portal.kernel.errors import DomainError

OUTRA_HISTORIA = (
    "O cursor não é deste diretório, que pode ter sido restaurado de uma cópia. Esvazie o seu conjunto e recomece do "
    "zero, sem o parâmetro desde."
)


class CursorDesconhecido(DomainError):
    status, code, title = 410, "cursor-desconhecido", "Este ponto do diretório não existe mais"


@dataclass(frozen=True, slots=True)
class Pagina:
    entradas: list[Entrada]
    proximo: Cursor
    mais: bool


def page(after: Cursor, limit: int) -> Pagina:
    """Raises CursorDesconhecido. Rows come to be in the order of their ids: see services.publish_batch."""
    if after.numero and not Entrada.objects.filter(pk=after.numero, marca=after.marca).exists():
        raise CursorDesconhecido(OUTRA_HISTORIA)
    rows = list(Entrada.objects.filter(pk__gt=after.numero).order_by("pk")[: limit + 1])
    shown = rows[:limit]
    return Pagina(shown, shown[-1].cursor if shown else after, len(rows) > limit)


def rule() -> str:
    """What besides rows decides who is active; where it changes, everybody is looked at anew."""
    return ",".join(sorted(settings.GATEWAY_SITUACOES_IMPEDIDAS))


def head() -> int:
    """The last entry of the ledger that is committed, and so are all before it: their order is that of the commits."""
    return Cadeia.objects.filter(id=1).values_list("numero", flat=True).first() or 0


def is_behind() -> bool:
    row = Publicacao.objects.filter(id=1).first()  # before the head: what comes in between is the next one's
    return row is None or row.varredura is not None or row.regra != rule() or row.numero < head()


def touched(*, after: int, until: int) -> set[str]:
    """The companies that the ledger's entries between these two speak of, whatever they say."""
    rows = Evento.objects.filter(numero__gt=after, numero__lte=until).exclude(cnpj="").order_by()
    return set(rows.values_list("cnpj", flat=True).distinct())


def holding(cnpjs: Collection[str]) -> dict[Par, Item]:
    """What the gateway lets in of these companies, but for the time: that is asked at each call."""
    adhered = Exists(Credencial.objects.filter(agente=OuterRef("agente")))
    rows = in_service().filter(adhered, agente__cnpj__in=cnpjs).order_by()
    rows = rows.exclude(agente__situacao__in=settings.GATEWAY_SITUACOES_IMPEDIDAS)
    fields = ("agente__cnpj", "agente__sigla", "sha256", "valid_from", "valid_until")
    return {item.par: item for item in (Item(*row) for row in rows.values_list(*fields))}


def told(cnpjs: Collection[str]) -> dict[Par, Entrada]:
    """The last word on each certificate of these companies."""
    return {(row.cnpj, row.sha256): row for row in Entrada.objects.filter(cnpj__in=cnpjs, ultima=True).order_by()}


def reasons(gone: Iterable[Item]) -> Mapping[Par, Motivo]:
    """Why each is let in no longer. Of a certificate that was registered twice the later time counts."""
    pares = {item.par for item in gone}
    rows = Certificado.objects.filter(agente__cnpj__in={par[0] for par in pares}, sha256__in={par[1] for par in pares})
    fields = ("agente__cnpj", "sha256", "slot", "removed_at", "valid_until")
    found: dict[Par, Motivo] = {}
    for cnpj, sha256, slot, removed_at, valid_until in rows.order_by("pk").values_list(*fields):
        if slot is not None:
            found[cnpj, sha256] = Motivo.AGENTE_IMPEDIDO
        elif removed_at is not None and removed_at > valid_until:
            found[cnpj, sha256] = Motivo.CERTIFICADO_VENCIDO
        else:
            found[cnpj, sha256] = Motivo.CERTIFICADO_EXCLUIDO
    return found
