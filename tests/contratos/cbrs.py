"""CBRs as the tests of their registration start from: two sides of fitting classes, and what is typed."""

from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from contratos.models import Atividade, Contrato, Elegivel
from portal.agentes.models import Classe
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor

REGISTRO = "/contratos/registrar/cbr_registro/"
ART_5 = "/contratos/registrar/cbr_art5/"
CBR: dict[str, str] = {
    "vendedor": "SOL DO SERTAO",
    "comprador": "DISTRIBUIDORA SUL",
    "suprimento_inicio": "2027-01-01",
    "suprimento_fim": "2027-12-31",
    "subgrupo": "a",
    "origem": "chamada_publica",
    "modulacao": "flat",
    "mesmo_grupo": "não",
    "parcela_usina": "PCH Rio Claro, 10 %",
    "ato_tipo": "Despacho",
    "ato_numero": "100/2026",
    "ato_publicado_em": "2026-11-20",
    "periodos": "01/01/2027; 30/06/2027; 10,5\n01/07/2027; 31/12/2027; 12,345678",
}
SEM_ATO = {"ato_tipo": "", "ato_numero": "", "ato_publicado_em": ""}
ATO = {nome: CBR[nome] for nome in SEM_ATO}
DA_LEI = {**CBR, **SEM_ATO, "subgrupo": "b", "origem": "art_10", "parcela_usina": ""}
MAXIMOS = "01/01/2027; 31/12/2027; 30,5"
DO_ART_5 = {nome: CBR[nome] for nome in CBR if nome.startswith(("vend", "compr", "supr", "mod", "mesmo"))}


def on(cena: Cena, settings: Settings, now: Any) -> None:
    settings.DATA_DE_REFERENCIA = cena.now = now


def classify(cena: Cena, vendedor: Classe = Classe.GERADOR, comprador: Classe = Classe.DISTRIBUIDOR) -> None:
    for agente, classe in ((cena.vendedor, vendedor), (cena.comprador, comprador)):
        agente.classe = classe
        agente.save()


def list_as_eligible(cena: Cena) -> None:
    for agente, papel in ((cena.vendedor, "vendedor"), (cena.comprador, "comprador")):
        Elegivel.objects.create(agente=agente, papel=papel, base_legal="Art. 10", desde=date(2026, 1, 1))


@pytest.fixture
def entre_classes(cena: Cena) -> Cena:
    """A generator sells to a distributor."""
    classify(cena)
    return cena


@pytest.fixture
def enviado(entre_classes: Cena) -> Cena:
    """Sent by the seller, not yet validated."""
    send(entre_classes)
    return entre_classes


@pytest.fixture
def registrado(enviado: Cena) -> Cena:
    validate(enviado)
    return enviado


def send(cena: Cena, dados: Any = None, **other: str) -> Any:
    answer = as_actor(cena.ana).post(REGISTRO, {**(dados or CBR), **other})
    cena.contrato = Contrato.objects.filter(especie="cbr").first() or cena.contrato
    return answer


def ask(cena: Cena, codigo: str, dados: dict[str, str], *, by: str = "ana") -> Any:
    return as_actor(getattr(cena, by)).post(f"/contratos/{cena.contrato.numero}/pedidos/{codigo}/", dados)


def close(cena: Cena, codigo: str, dados: dict[str, str] | None = None, *, by: str = "davi") -> Any:
    row: Atividade = cena.row(codigo)
    return as_actor(getattr(cena, by)).post(f"/contratos/{cena.contrato.numero}/atividades/{row.pk}/", dados or {})


def validate(cena: Cena, codigo: str = "R2") -> Any:
    return close(cena, codigo, {"resultado": "validado"})


def adjust(cena: Cena, periodos: str, mes: str = "2027-03", alcance: str = "mes", **other: str) -> Any:
    dados = {"mes_referencia": mes, "alcance": alcance, "periodos": periodos, **ATO, **other}
    return ask(cena, "cbr_ajuste", dados)
