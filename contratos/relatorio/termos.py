"""The contracts of an auction, and what its edital asked, as they were written at the end of a past day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from contratos.models import Contrato, ExigenciaDoEdital, Leilao
from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from portal.kernel.cnpj import normalise

Antes = dict[str, str]  # by field, as the ledger has it: text
LADOS = ("vendedor", "comprador")
NADA = "None"


def contracts(seen: QuerySet[Contrato], leilao: Leilao, end: datetime) -> list[Contrato]:
    """With the parties and the guarantee's release of then. Other terms are told of signed ones: they are fixed."""
    later = Evento.objects.filter(tipo="contrato.alterado", at__gte=end).order_by("numero")
    left = later.filter(dados__leilao__de=str(leilao)).values_list("objeto", flat=True)
    numeros = [objeto.removeprefix("contrato ") for objeto in left]
    found = seen.filter(Q(leilao=leilao) | Q(numero__in=numeros), created_at__lt=end).order_by("numero")
    by_object = {f"contrato {contrato.numero}": contrato for contrato in found}
    before: dict[str, Antes] = {objeto: {} for objeto in by_object}
    for objeto, dados in later.filter(objeto__in=by_object).values_list("objeto", "dados"):
        _take_back(before[objeto], dados)
    there = {o: c for o, c in by_object.items() if before[o].get("leilao", str(leilao)) == str(leilao)}
    agentes = _agentes(before[objeto] for objeto in there)
    for objeto, contrato in there.items():
        contrato.leilao = leilao
        _restore(contrato, before[objeto], agentes)
    return list(there.values())


def conditions(leilao: Leilao, end: datetime) -> list[ExigenciaDoEdital]:
    rows = {row.pk: row for row in leilao.exigencias.all()}
    before: dict[int, Antes] = {pk: {} for pk in rows}
    later = Evento.objects.filter(at__gte=end, dados__registro__in=list(rows)).order_by("numero")
    of_conditions = later.filter(objeto__startswith=f"{ExigenciaDoEdital._meta.verbose_name}: ")
    for tipo, dados in of_conditions.values_list("tipo", "dados"):
        if tipo == "contrato.cadastro_incluido":
            rows.pop(dados["registro"], None)
        _take_back(before[dados["registro"]], dados)
    for pk, row in rows.items():
        row.texto, row.de_quem = before[pk].get("texto", row.texto), before[pk].get("de_quem", row.de_quem)
        row.obrigatoria = before[pk].get("obrigatoria", str(row.obrigatoria)) == str(True)
    return list(rows.values())


def _take_back(before: Antes, dados: Mapping[str, Any]) -> None:
    """Asked with the earliest entry first: what it says that was, was so on the day."""
    for nome, change in dados.items():
        if isinstance(change, dict) and "de" in change:
            before.setdefault(nome, change["de"])


def _agentes(changes: Iterable[Antes]) -> dict[str, Agente]:
    texts = {text for before in changes for lado in LADOS if (text := before.get(lado, NADA)) != NADA}
    cnpjs = {text: _cnpj(text) for text in texts}
    found = {agente.cnpj: agente for agente in Agente.objects.filter(cnpj__in=cnpjs.values())} if cnpjs else {}
    return {text: found[cnpj] for text, cnpj in cnpjs.items()}


def _cnpj(text: str) -> str:
    """The ledger names a company as it is shown: SIGLA (CNPJ)."""
    return normalise(text.rpartition("(")[2].rstrip(")"))


def _restore(contrato: Contrato, before: Antes, agentes: dict[str, Agente]) -> None:
    if "vendedor" in before:
        contrato.vendedor = agentes[before["vendedor"]]
    if "comprador" in before:
        contrato.comprador = agentes.get(before["comprador"])
    if "liberacao_garantia_em" in before:
        text = before["liberacao_garantia_em"]
        contrato.liberacao_garantia_em = date.fromisoformat(text) if text != NADA else None
