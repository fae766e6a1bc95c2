"""CBRs of the demonstration: one in force, with an adjustment under way, and a draft that still lacks ANEEL's act."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from contratos import services
from contratos.domain.contrato import Especie
from contratos.domain.prazos import month
from contratos.models import Atividade, Contrato
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Usuario
from portal.demo.contas import EMPRESAS

VENDEDORA, COMPRADORA = EMPRESAS[0], EMPRESAS[-1]
HA = timedelta(days=6)


def populate(*, now: datetime) -> None:
    """Those that are there already stay as people left them."""
    if Contrato.objects.filter(especie=Especie.CBR.value).exists():
        return
    first = month(clock.local_date(now).replace(day=1), 1)
    vendedora, compradora = _actor("ana.ccee"), _actor("eva.ccee")
    with transaction.atomic():
        contrato = _register(first, vendedora, now - HA, ato=True)
        _validate(contrato, compradora, now - HA / 2)
        _adjust(contrato, first, vendedora, now)
        _register(first, vendedora, now, ato=False)


def _register(first: date, ator: Ator, now: datetime, *, ato: bool) -> Contrato:
    last = date(first.year + 2, 12, 31)
    stated = {
        "vendedor": VENDEDORA.sigla,
        "comprador": COMPRADORA.sigla,
        "suprimento_inicio": first.isoformat(),
        "suprimento_fim": last.isoformat(),
        "subgrupo": "a",
        "origem": "chamada_publica" if ato else "outra",
        "modulacao": "flat",
        "mesmo_grupo": "não",
        "parcela_usina": "PCH Rio Claro, 35 %" if ato else "",
        "periodos": f"{first}; {last}; {'4,25' if ato else '1,5'}",
    }
    stated |= _act(now) if ato else {}
    return services.register_contract("cbr_registro", evidencia=stated, ator=ator, now=now)


def _act(now: datetime) -> dict[str, str]:
    day = clock.local_date(now) - timedelta(days=10)
    return {"ato_tipo": "Despacho", "ato_numero": f"1.204/{day.year}", "ato_publicado_em": day.isoformat()}


def _validate(contrato: Contrato, ator: Ator, now: datetime) -> None:
    row = Atividade.objects.get(fluxo__contrato=contrato, codigo="R2", closed_at=None)
    services.close_activity(row.pk, ator=ator, now=now, evidencia={}, resultado="validado")


def _adjust(contrato: Contrato, first: date, ator: Ator, now: datetime) -> None:
    """Of the second month: it waits for the buyer."""
    mes = month(first, 1)
    last = month(mes, 1) - timedelta(days=1)
    stated: dict[str, Any] = {
        "mes_referencia": f"{mes:%Y-%m}", "alcance": "mes", "periodos": f"{mes}; {last}; 5,125",
    }  # fmt: skip
    who: dict[str, Any] = {"solicitante": contrato.vendedor, "ator": ator, "now": now}
    services.request(contrato, "cbr_ajuste", evidencia=stated | _act(now - HA), **who)


def _actor(username: str) -> Ator:
    return acesso.of_usuario(Usuario.objects.get(username=username))
