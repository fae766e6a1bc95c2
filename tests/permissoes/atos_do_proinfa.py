"""Acts on PROINFA: how each is made ready, once or again."""

from datetime import date
from functools import partial
from typing import Any

from django.test import override_settings

from contratos import services
from contratos.domain.procedimentos.proinfa import PROINFA_MES
from contratos.models import Contrato, CotaDoMes, CotaDoProinfa, UnidadeConsumidora
from contratos.services.aberturas import start
from tests import factories
from tests.contratos.cena import Cena

MES = date(2026, 10, 1)


def of_unit(c: Cena) -> UnidadeConsumidora:
    """A new one each time, of the two sides."""
    return UnidadeConsumidora.objects.create(
        codigo=f"UC-{UnidadeConsumidora.objects.count()}", nome="Fábrica", consumidor=c.vendedor,
        distribuidora=c.comprador, regime="especial",
    )  # fmt: skip


def declare_history(c: Cena) -> Any:
    return partial(services.declare_history, of_unit(c), "09/2026; 1500,5", ator=c.ana, now=c.now)


def answer_history(c: Cena) -> Any:
    row = services.declare_history(of_unit(c), "09/2026; 1500,5", ator=c.ana, now=c.now)
    return partial(services.answer_history, row.pk, valida=True, ator=c.davi, now=c.now)


def open_proinfa(c: Cena) -> Any:
    """The account of an ACEP; again: of the company that the role went to."""
    return partial(_open, factories.create_agente().cnpj, c)


def _open(cnpj: str, c: Cena) -> int:
    with override_settings(ACEP_CNPJ=cnpj):
        return services.open_proinfa(now=c.now)


def publish_quotas(c: Cena) -> Any:
    """Of a new unit, calculated and not yet published."""
    distribuidora, contrato = _quota_contract(c), _quota_contract(c)
    CotaDoProinfa.objects.create(contrato=contrato, unidade=of_unit(c), origem=distribuidora, parcela=1)
    ancoras, dados = {"MS": MES, "Q": MES}, {"mes": MES.isoformat()}
    fluxo = start(contrato, PROINFA_MES.codigo, by="portal", now=c.now, dados=dados, ancoras=ancoras)
    fluxo.atividades.filter(codigo="Q1").update(situacao="concluida", closed_at=c.now)
    fluxo.atividades.filter(codigo="Q2").update(situacao="aberta", opened_at=c.now)
    CotaDoMes.objects.create(
        contrato=contrato, fluxo=fluxo, mes=MES, energia_mwh=1, situacao="apurada", calculo="cota 1", entrada={},
        made_at=c.now, made_by="portal",
    )  # fmt: skip
    return partial(services.publish_quotas, MES, ator=c.ccee, now=c.now)


def _quota_contract(c: Cena) -> Contrato:
    return Contrato.objects.create(
        numero=f"PROINFA-{Contrato.objects.count()}", especie="proinfa", vendedor=c.vendedor, comprador=c.comprador,
        suprimento_inicio=MES, suprimento_fim=date(2030, 12, 31), energia_mwh=0, montante_mwmed=0,
        registro="registrado", registered_at=c.now, created_at=c.now,
    )  # fmt: skip


ACTS = {
    "declare_history": declare_history,
    "answer_history": answer_history,
    "open_proinfa": open_proinfa,
    "publish_quotas": publish_quotas,
}
