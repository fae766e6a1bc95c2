"""A row of each instrument, for the tests that look at every page of the admin."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from contratos.models import (
    AcordoBilateral,
    Aditamento,
    AnoDoProinfa,
    Anuncio,
    AtoRegulatorio,
    Cbr,
    Ccer,
    Ccg,
    Contrato,
    CotaAnual,
    CotaDoMes,
    CotaDoProinfa,
    CurvaDoProinfa,
    DisponibilidadeDeclarada,
    Elegivel,
    Fluxo,
    HistoricoDeConsumo,
    Inflexibilidade,
    Modulacao,
    MovimentoDeCota,
    Outorga,
    PercentualDoAcl,
    PerfilDeCarga,
    PotenciaDoContrato,
    RegraDeSazonalizacao,
    RepresentanteDeCotista,
    Rodada,
    Sazonalizacao,
    Sucessao,
    Suprimento,
    UnidadeConsumidora,
    UsinaDoProinfa,
    VersaoDoCbr,
)
from portal import clock
from portal.agentes.models import Agente

MODELOS: tuple[type[Any], ...] = (
    DisponibilidadeDeclarada,
    Inflexibilidade,
    PerfilDeCarga, RegraDeSazonalizacao, Rodada, Sazonalizacao,
    AcordoBilateral, Aditamento, Anuncio, Cbr, Ccer, Ccg, Elegivel, Sucessao, Suprimento, UnidadeConsumidora,
    VersaoDoCbr, UsinaDoProinfa, RepresentanteDeCotista, HistoricoDeConsumo, CotaDoProinfa, CotaDoMes, MovimentoDeCota,
    AnoDoProinfa, CotaAnual, CurvaDoProinfa, Modulacao, PercentualDoAcl, PotenciaDoContrato,
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
    _of_proinfa(contrato, unidade, outra, now=now)
    _by_the_hour(contrato, fluxo, now=now)
    _of_the_year(contrato, fluxo, outra, now=now)


def _of_the_year(contrato: Contrato, fluxo: Fluxo, outra: Agente, *, now: datetime) -> None:
    PerfilDeCarga.objects.create(agente=outra, ano=2027, valores=["1"] * 12)
    if contrato.leilao is not None:
        RegraDeSazonalizacao.objects.create(leilao=contrato.leilao, regra="perfil")
    outorga = Outorga.objects.create(agente=contrato.vendedor, usina="UFV Outra", ato=_act(now), informed_at=now)
    DisponibilidadeDeclarada.objects.create(outorga=outorga, desde_ano=2027, valores=["1"] * 12)
    Inflexibilidade.objects.create(contrato=contrato, fluxo=fluxo, ano=2027, cvu=0, informed_at=now)
    Rodada.objects.create(codigo="flat", ano=2027, total=1, started_at=now, started_by="teste")
    Sazonalizacao.objects.create(
        contrato=contrato, ano=2028, origem="flat", calculo="flat 1 (cláusula 3.52)", situacao="final", entrada={},
        saida={}, sent_at=now, sent_by="teste", final_at=now,
    )  # fmt: skip


def _of_proinfa(contrato: Contrato, unidade: UnidadeConsumidora, outra: Agente, *, now: datetime) -> None:
    mes, said = clock.local_date(now).replace(day=1), {"made_at": now, "made_by": "teste"}
    other = Contrato.objects.create(
        numero="PROINFA-1", especie="proinfa", vendedor=contrato.vendedor, comprador=outra, suprimento_inicio=mes,
        suprimento_fim=mes, energia_mwh=1, montante_mwmed=1, created_at=now,
    )  # fmt: skip
    UsinaDoProinfa.objects.create(codigo="PCH-1", nome="Salto", garantia_fisica_mwmed=Decimal("9.6"))
    RepresentanteDeCotista.objects.create(representado=outra, representante=contrato.vendedor, desde=mes)
    HistoricoDeConsumo.objects.create(
        unidade=unidade, meses={mes.isoformat(): "1"}, declarante=outra, situacao="declarado", sent_at=now, sent_by="x"
    )
    CotaDoProinfa.objects.create(contrato=other, unidade=unidade, origem=contrato, parcela=1)
    do_mes = {"mes": mes, "energia_mwh": 1, **said}
    CotaDoMes.objects.create(contrato=other, situacao="apurada", calculo="1", entrada={}, **do_mes)
    MovimentoDeCota.objects.create(de=contrato, para=other, unidade=unidade, **do_mes)
    ano = AnoDoProinfa.objects.create(ano=2027, montante_mwh=1, ato="REH 1", stated_at=now, stated_by="teste")
    CotaAnual.objects.create(contrato=contrato, ano=2027, energia_mwh=1, calculo="1", **said)
    saida = {"cotas": {"2027-01-01": "1"}, "acep": {"2027-01-01": "1"}, "usinas": {}}
    CurvaDoProinfa.objects.create(ano=ano, versao=1, origem="acep", calculo="1", entrada={}, saida=saida, **said)


def _by_the_hour(contrato: Contrato, fluxo: Fluxo, *, now: datetime) -> None:
    stated = {"contrato": contrato, "fluxo": fluxo, "mes": clock.local_date(now).replace(day=1)}
    PotenciaDoContrato.objects.create(contrato=contrato, associada_mw=Decimal(20))
    Modulacao.objects.create(
        **stated, origem="flat", calculo="flat 1 (cláusula 3.61)", situacao="final", entrada={}, horas=[0], sent_at=now,
        final_at=now,
    )  # fmt: skip
    PercentualDoAcl.objects.create(**stated, percentual=Decimal(40), informed_at=now)


def _act(now: datetime) -> AtoRegulatorio:
    return AtoRegulatorio.objects.create(tipo="Portaria", numero="9/2026", published_on=clock.local_date(now))
