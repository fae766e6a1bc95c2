"""Consumption histories on a page: what waits for whom, and the form to declare one (3.39.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator

from contratos import acesso, montantes
from contratos.forms.historicos import HistoricoForm
from contratos.models import HistoricoDeConsumo
from contratos.services import historicos
from portal.agentes.acesso import Ator

POR_PAGINA = 25


@dataclass(frozen=True, slots=True)
class Linha:
    row: HistoricoDeConsumo
    meses: list[tuple[date, Decimal]]
    responde: bool

    @property
    def alvo(self) -> str:
        if self.row.unidade is not None:
            return f"Unidade {self.row.unidade.codigo} ({self.row.unidade.nome})"
        return f"Área da {self.row.distribuidora.sigla}" if self.row.distribuidora else ""

    @property
    def total(self) -> Decimal:
        return sum((energia for _, energia in self.meses), Decimal(0))


def page(ator: Ator, numero: str, *, now: datetime) -> dict[str, Any]:
    found = Paginator(historicos.visible(ator, now=now).order_by("-pk"), POR_PAGINA).get_page(numero)
    return {"pagina": found, "linhas": [line(row, ator, now) for row in found], "total": found.paginator.count}


def line(row: HistoricoDeConsumo, ator: Ator, now: datetime) -> Linha:
    waits = row.situacao == HistoricoDeConsumo.Situacao.DECLARADO
    responde = waits and historicos.may_answer(row, ator, now=now)
    return Linha(row, list(montantes.from_text(row.meses).items()), responde)


def form_of(ator: Ator, data: Mapping[str, Any] | None, files: Any, *, now: datetime) -> HistoricoForm:
    """Of units and areas for which the person may declare."""
    return HistoricoForm(targets(ator, now=now), data, files)


def targets(ator: Ator, *, now: datetime) -> list[tuple[str, str]]:
    if acesso.sees_all(ator):
        return []
    units = [
        (f"unidade:{each.codigo}", f"Unidade {each.codigo} · {each.nome}")
        for each in historicos.units(ator, now=now).order_by("codigo")
        if historicos.declarant(each, ator, now=now)
    ]
    areas = [
        (f"area:{each.cnpj}", f"Área da {each.sigla}, com todas as unidades")
        for each in historicos.areas(ator, now=now)
        if historicos.declarant(each, ator, now=now)
    ]
    return units + areas
