"""A row of each instrument, for the tests that look at every page of the admin."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from contratos.models import (
    AcordoBilateral,
    Aditamento,
    Anuncio,
    Cbr,
    Ccer,
    Ccg,
    Contrato,
    Elegivel,
    Fluxo,
    Sucessao,
    Suprimento,
    UnidadeConsumidora,
    VersaoDoCbr,
)
from portal import clock
from portal.agentes.models import Agente

MODELOS: tuple[type[Any], ...] = (
    AcordoBilateral, Aditamento, Anuncio, Cbr, Ccer, Ccg, Elegivel, Sucessao, Suprimento, UnidadeConsumidora,
    VersaoDoCbr,
)  # fmt: skip


def one_of_each(contrato: Contrato, fluxo: Fluxo, outra: Agente, *, now: datetime) -> None:
    today = clock.local_date(now)
    of = {"contrato": contrato, "fluxo": fluxo}
    AcordoBilateral.objects.create(**of, tipo="rescisao", mes_inicio=today.replace(day=1), registered_at=now)
    Ccg.objects.filter(fluxo=fluxo).exists() or Ccg.objects.create(**of)
    Aditamento.objects.create(**of, signed_at=now)
    Sucessao.objects.create(**of, tipo="cessao", sucedida=contrato.vendedor, sucessora=outra, efeito_em=today)
    cbr = Cbr.objects.create(contrato=contrato, subgrupo="a", origem="outra", modulacao="flat")
    VersaoDoCbr.objects.create(
        cbr=cbr, fluxo=fluxo, numero=1, mes_referencia=today.replace(day=1), situacao="validada", sent_at=now
    )
    Elegivel.objects.create(agente=outra, papel="vendedor", base_legal="Art. 10 da Lei 13.182/2015", desde=today)
    unidade = UnidadeConsumidora.objects.create(
        codigo="UC-1", nome="Fábrica", consumidor=outra, distribuidora=contrato.vendedor, regime="especial"
    )
    Ccer.objects.create(contrato=contrato, unidade=unidade)
    Suprimento.objects.create(contrato=contrato, mercado_gwh=Decimal("120.500"))
    Anuncio.objects.create(codigo="pmo", referencia=today.replace(day=1), de=today, ate=today, comunicado="1/2026")
