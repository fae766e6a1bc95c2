"""The amendments of an auction's contracts as they were at the end of a day, for the report of 3.97."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from contratos import acesso
from contratos.domain.procedimentos import ADITAMENTO
from contratos.domain.relatorios import Etapa
from contratos.domain.relatorios.aditamentos import Aditivo
from contratos.models import Atividade, Fluxo, Leilao
from contratos.relatorio import passado, termos
from contratos.relatorio.negocios import Leitura
from contratos.selectors import deadline_day
from portal.agentes.acesso import Ator


def read(ator: Ator, leilao: Leilao, em: date, *, now: datetime) -> list[Aditivo]:
    contratos = termos.contracts(acesso.visible(ator, now=now), leilao, passado.end_of(em))
    by_pk = {contrato.pk: contrato for contrato in contratos}
    fluxos = Fluxo.objects.filter(
        contrato__in=by_pk, procedimento=ADITAMENTO.codigo, opened_at__lt=passado.end_of(em)
    ).prefetch_related("atividades")
    leitura = Leitura(contratos, leilao, em)
    found = []
    for fluxo in sorted(fluxos, key=lambda fluxo: (by_pk[fluxo.contrato_id].numero, fluxo.pk)):
        fluxo.contrato = by_pk[fluxo.contrato_id]
        found.append(_of(fluxo, leitura))
    return found


def _of(fluxo: Fluxo, leitura: Leitura) -> Aditivo:
    contrato = fluxo.contrato
    return Aditivo(
        contrato=contrato.numero,
        leilao=str(contrato.leilao),
        vendedor=leitura.who(contrato.vendedor),
        comprador=leitura.who(contrato.comprador),
        aberto=deadline_day(fluxo.opened_at),
        etapas=tuple(_step(row, fluxo, leitura) for row in fluxo.atividades.all()),
        fim=(deadline_day(fluxo.closed_at), fluxo.estado) if fluxo.closed_at else None,
    )


def _step(row: Atividade, fluxo: Fluxo, leitura: Leitura) -> Etapa:
    """What was stated without the names of its fields: the columns of the report name it."""
    return replace(leitura.step(row, fluxo, ""), evidencia=_stated(row.evidencia))


def _stated(dados: Mapping[str, str]) -> str:
    if "ato_numero" not in dados:
        return "; ".join(dados.values())
    day = date.fromisoformat(dados["ato_publicado_em"])
    return f"{dados['ato_tipo']} {dados['ato_numero']}, publicado em {day:%d/%m/%Y}"
