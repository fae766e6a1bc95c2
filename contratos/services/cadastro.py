"""What CCEE's people keep beside the contracts: auctions and their conditions, acts, outages."""

from datetime import date, datetime
from typing import Any

from django.db.models import Model

from contratos.models import (
    Anuncio,
    AtoRegulatorio,
    DisponibilidadeDeclarada,
    Elegivel,
    ExigenciaDoEdital,
    Fluxo,
    Indisponibilidade,
    Leilao,
    PerfilDeCarga,
    PotenciaDoContrato,
    RegraDeSazonalizacao,
    RepresentanteDeCotista,
    UnidadeConsumidora,
    UsinaDoProinfa,
)
from contratos.services.ancoras import move_anchors
from portal.auditoria.services import Fato, act, record_all

Ficha = (
    Leilao
    | ExigenciaDoEdital
    | AtoRegulatorio
    | Indisponibilidade
    | Anuncio
    | UnidadeConsumidora
    | Elegivel
    | PerfilDeCarga
    | DisponibilidadeDeclarada
    | PotenciaDoContrato
    | RegraDeSazonalizacao
    | RepresentanteDeCotista
    | UsinaDoProinfa
)


@act()
def save_record(row: Ficha, *, by: str, now: datetime) -> None:
    """A homologation that became known, or was corrected, moves the open deadlines of every contract of the auction."""
    before = type(row)._default_manager.filter(pk=row.pk).first()
    changed = _changes(before, row)
    row.full_clean()
    row.save()
    if changed:
        verb = "cadastro_incluido" if before is None else "cadastro_alterado"
        objeto = f"{row._meta.verbose_name}: {row}"
        record_all([Fato(f"contrato.{verb}", objeto=objeto, dados={"registro": row.pk, **changed})], at=now, ator=by)
    if isinstance(row, Leilao) and "homologado_em" in changed and row.homologado_em is not None:
        _move(row, row.homologado_em, by=by, now=now)


def _move(leilao: Leilao, homologado_em: date, *, by: str, now: datetime) -> None:
    for fluxo in Fluxo.objects.filter(contrato__leilao=leilao, closed_at=None, sob=None):
        move_anchors(fluxo, {"H": homologado_em}, by=by, now=now)


def _changes(before: Model | None, after: Model) -> dict[str, Any]:
    names = [field.name for field in after._meta.concrete_fields if field.editable and not field.primary_key]
    if before is None:
        return {name: str(getattr(after, name)) for name in names if getattr(after, name) not in (None, "")}
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in names}
    return {name: {"de": str(de), "para": str(para)} for name, (de, para) in pairs.items() if de != para}
