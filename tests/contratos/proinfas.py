"""PROINFA as its tests start: an ACEP, a distributor with a year's quota, and a unit that migrated."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.test.client import Client
from pytest_django import Settings

from contratos import services
from contratos.domain.ccer import months
from contratos.models import Atividade, Contrato, Fluxo, MontanteDoMes, UnidadeConsumidora
from contratos.models.proinfa import HistoricoDeConsumo
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.grupos import OPERACAO
from portal.agentes.models import Agente, Classe, Papel
from tests import factories
from tests.contratos.paginas import as_actor

MES = date(2026, 10, 1)
ANTES = datetime(2026, 10, 20, 15, tzinfo=UTC)
DIA_1, DIA_4, DIA_6, DIA_8, DIA_10 = (datetime(2026, 11, dia, 15, tzinfo=UTC) for dia in (3, 6, 10, 12, 16))
AREA, UNIDADE = Decimal(300000), Decimal(1500)  # MWh of each of twelve months: 3 600 000 and 18 000
COTA = Decimal(12000)


@dataclass
class Proinfa:
    acep: Agente
    distribuidora: Agente
    consumidor: Agente
    eva: Ator  # of the ACEP
    davi: Ator  # of the distributor
    caio: Ator  # of the consumer
    ccee: Ator
    unidade: UnidadeConsumidora
    settings: Settings
    now: datetime = ANTES

    def at(self, now: datetime) -> "Proinfa":
        """Time passes, and the portal's routine runs."""
        self.now = self.settings.DATA_DE_REFERENCIA = now
        services.open_proinfa(now=now)
        return self

    def post(self, ator: Ator, address: str, **dados: Any) -> Any:
        return as_actor(ator).post(address, dados)

    def browser(self, ator: Ator) -> Client:
        return as_actor(ator)

    def register(self, comprador: Agente, **dados: str) -> Any:
        terms = {
            "vendedor": self.acep.sigla, "comprador": comprador.sigla, "suprimento_inicio": "2026-10-01",
            "suprimento_fim": "2030-12-31",
        }  # fmt: skip
        return self.post(self.ccee, "/contratos/registrar/proinfa_registro/", **(terms | dados))

    @property
    def da_distribuidora(self) -> Contrato:
        return Contrato.objects.get(comprador=self.distribuidora, especie="proinfa")

    @property
    def da_unidade(self) -> Contrato:
        return Contrato.objects.get(cota_proinfa__unidade=self.unidade)

    @property
    def conta(self) -> Contrato:
        return Contrato.objects.get(especie="proinfa", comprador=None)

    def row(self, codigo: str, contrato: Contrato | None = None) -> Atividade:
        rows = Atividade.objects.filter(codigo=codigo, fluxo__contrato=contrato or self.da_unidade)
        return rows.select_related("fluxo__contrato").order_by("-fluxo", "-rodada")[0]

    def close(self, codigo: str, ator: Ator | None = None, contrato: Contrato | None = None, /, **dados: str) -> Any:
        row = self.row(codigo, contrato)
        return self.post(ator or self.ccee, f"/contratos/{row.fluxo.contrato.numero}/atividades/{row.pk}/", **dados)

    def ask(self, codigo: str, contrato: Contrato, ator: Ator | None = None, /, **dados: str) -> Any:
        return self.post(ator or self.ccee, f"/contratos/{contrato.numero}/pedidos/{codigo}/", **dados)

    def flow(self, codigo: str) -> Fluxo:
        return Fluxo.objects.filter(procedimento=codigo).latest("pk")

    def amount(self, contrato: Contrato, mes: date = MES) -> Decimal | None:
        row = MontanteDoMes.objects.filter(contrato=contrato, mes=mes).first()
        return row.energia_mwh if row else None


def create(settings: Settings, now: datetime = ANTES) -> Proinfa:
    acep = factories.create_agente("ENBPAR")
    distribuidora, consumidor = factories.create_agente("DISTRIBUIDORA SUL"), factories.create_agente("FABRICA NORTE")
    for agente, classe in ((distribuidora, Classe.DISTRIBUIDOR), (consumidor, Classe.CONSUMIDOR_LIVRE)):
        agente.classe = classe
        agente.save()
    people = {}
    for nome, agente in (("eva.acep", acep), ("davi.distribuidora", distribuidora), ("caio.consumidor", consumidor)):
        people[nome] = factories.create_usuario(nome)
        factories.represent(people[nome], agente, Papel.REPRESENTANTE_CCEE)
    olga = factories.create_usuario("olga.ccee", grupo=OPERACAO, staff=True)
    unidade = UnidadeConsumidora.objects.create(
        codigo="UC-77", nome="Fábrica Norte", consumidor=consumidor, distribuidora=distribuidora, regime="especial"
    )
    settings.ACEP_CNPJ = acep.cnpj
    eva, davi, caio, ccee = (acesso.of_usuario(person) for person in (*people.values(), olga))
    return Proinfa(acep, distribuidora, consumidor, eva, davi, caio, ccee, unidade, settings).at(now)


def with_quota(settings: Settings, *, history: bool = True, now: datetime = ANTES) -> Proinfa:
    """Both contracts registered; October has 12 000 MWh for the distributor."""
    cena = create(settings, now)
    cena.register(cena.distribuidora)
    cena.register(cena.consumidor, unidade_codigo="UC-77", parcela="100")
    MontanteDoMes.objects.create(contrato=cena.da_distribuidora, mes=MES, energia_mwh=COTA)
    if history:
        give_history(cena)
    return cena


def give_history(cena: Proinfa, *, unidade: Decimal = UNIDADE, area: Decimal = AREA) -> None:
    for alvo, consumo in (({"unidade": cena.unidade}, unidade), ({"distribuidora": cena.distribuidora}, area)):
        HistoricoDeConsumo.objects.create(
            **alvo, meses={mes.isoformat(): f"{consumo:f}" for mes in months(date(2025, 10, 1), date(2026, 9, 30))},
            declarante=cena.distribuidora, situacao="validado", sent_at=cena.now, sent_by="teste",
            answered_at=cena.now, answered_by="teste",
        )  # fmt: skip
