"""Contracts of which a month is to be modulated, as the tests of modulation start from."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.domain.contrato import Especie
from contratos.models import Anuncio, Contrato, Leilao, MontanteDoMes, PotenciaDoContrato, TipoDeLeilao
from portal.agentes.acesso import Ator
from tests.contratos import cena as cenas
from tests.contratos.cena import AGORA, Cena
from tests.contratos.paginas import as_actor

MARCO = date(2027, 3, 1)
ENERGIA = Decimal("12704.918033")  # of March, in the analyst's brief 4.1
FLAT = Decimal("17.076503")
NA_JANELA = datetime(2027, 2, 22, 15, tzinfo=UTC)
ANTES = datetime(2027, 2, 11, 15, tzinfo=UTC)
DEPOIS = datetime(2027, 2, 27, 15, tzinfo=UTC)
MES = "/contratos/CA-1/modulacao/2027-03/"


@pytest.fixture
def ca(db: None, settings: Settings) -> Cena:
    """A registered CA with its year seasonalised, its power stated, and CCEE's period for March under way."""
    settings.DATA_DE_REFERENCIA = AGORA
    cena = cenas.create(Especie.CA, TipoDeLeilao.AJUSTE, numero="CA-1")
    Contrato.objects.update(
        assinatura="assinado", registro="registrado", suprimento_inicio=MARCO, suprimento_fim=date(2027, 6, 30),
        energia_mwh=Decimal(50000), montante_mwmed=FLAT,
    )  # fmt: skip
    cena.contrato.refresh_from_db()
    MontanteDoMes.objects.create(contrato=cena.contrato, mes=MARCO, energia_mwh=ENERGIA)
    PotenciaDoContrato.objects.create(contrato=cena.contrato, associada_mw=Decimal(20))
    announce("modulacao_ca", date(2027, 2, 15), date(2027, 2, 26))
    on(cena, settings, NA_JANELA)
    services.open_months(now=cena.now)
    return cena


def announce(
    codigo: str, de: date, ate: date | None = None, *, mes: date = MARCO, leilao: Leilao | None = None
) -> Anuncio:
    return Anuncio.objects.create(
        codigo=codigo, referencia=mes, leilao=leilao, de=de, ate=ate or de, comunicado="Comunicado 90/2027"
    )


def on(cena: Cena, settings: Settings, now: datetime) -> None:
    settings.DATA_DE_REFERENCIA = cena.now = now


def hours(cada: Decimal = FLAT, total: Decimal = ENERGIA, **outras: Decimal) -> list[Decimal]:
    """Of March, `cada` in all but the first, which takes what is left, and those that are named, as h30=18."""
    named = {int(nome[1:]): valor for nome, valor in outras.items()}
    found = [named.get(hora, cada) for hora in range(744)]
    found[0] = named.get(0, total - sum(found[1:], Decimal(0)))
    return found


def table(horas: list[Decimal], separador: str = "; ") -> str:
    return "\n".join(
        separador.join((f"{hora // 24 + 1:02}/03/2027", str(hora % 24), f"{valor:f}".replace(".", ",")))
        for hora, valor in enumerate(horas)
    )


def act(cena: Cena, codigo: str, ator: Ator, dados: Mapping[str, str]) -> Any:
    return as_actor(ator).post(f"/contratos/{cena.contrato.numero}/atividades/{cena.row(codigo).pk}/", dados)


def inform(cena: Cena, horas: list[Decimal], ator: Ator | None = None) -> Any:
    return act(cena, "H1", ator or cena.davi, {"horas_do_mes": table(horas)})


def answer(cena: Cena, resultado: str, ator: Ator | None = None, **dados: str) -> Any:
    return act(cena, "H2", ator or cena.ana, {"resultado": f"horas_{resultado}", **dados})
