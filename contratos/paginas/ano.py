"""A contract's year as it stands, or as a table would make it: exact, for the page, the file and the API."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contratos import faixas, montantes
from contratos.domain.montantes import faixa, grade
from contratos.domain.sazonalizacao import Regra
from contratos.models import Contrato, Sazonalizacao
from portal.kernel.errors import NotFound

VISTAS = (Sazonalizacao.Situacao.FINAL, Sazonalizacao.Situacao.PROPOSTA)


@dataclass(frozen=True, slots=True)
class Mes:
    """MWh, and percent of the mean; None where there is nothing to say. `problema`: why it would be refused."""

    mes: date
    horas: int
    energia_mwh: Decimal | None
    parte: Decimal | None
    minimo_mwh: Decimal | None
    maximo_mwh: Decimal | None
    na_falta_mwh: Decimal | None
    problema: str


@dataclass(frozen=True, slots=True)
class Ano:
    """`shown`: what was informed or is final; `antes`: what was, before it. `problemas`: of the table tried."""

    contrato: Contrato
    ano: int
    regra: Regra
    energia_mwh: Decimal
    meses: list[Mes]
    problemas: list[str]
    shown: Sazonalizacao | None
    antes: list[Sazonalizacao]

    @property
    def situacao(self) -> str:
        return self.shown.situacao if self.shown else ""

    @property
    def horas(self) -> int:
        return sum(each.horas for each in self.meses)


def read(contrato: Contrato, ano: int, *, tentado: str | None = None) -> Ano:
    """Raises NotFound for a year without supply. `tentado`: a table to try."""
    de_cada, regra = montantes.year(contrato, ano), montantes.rule(contrato)
    if not de_cada.horas or regra is None:
        raise NotFound(f"O contrato {contrato.numero} não tem meses a sazonalizar em {ano}.")
    rows = list(Sazonalizacao.objects.filter(contrato=contrato, ano=ano).order_by("-pk"))
    shown = next((row for row in rows if row.situacao in VISTAS), None)
    valores = montantes.from_text(shown.saida) if shown else {}
    told: list[str] = []
    wrong: faixa.Problemas = {}
    if tentado is not None:
        leitura = grade.read_months(tentado)
        valores = leitura.valores
        wrong = {} if leitura.erros else faixas.problems(contrato, de_cada, regra, valores)
        told = leitura.told or list(wrong.values())
    na_falta = {} if shown and shown.final_at else faixas.fallback(contrato, de_cada, regra)
    limites = faixas.limits(contrato, de_cada, regra)
    known = {mes: valores[mes] for mes in de_cada.horas if mes in valores}
    partes = faixa.shares(known, de_cada.energia, de_cada.horas)
    meses = [
        Mes(
            mes,
            horas,
            valores.get(mes),
            partes.get(mes),
            limites[mes].piso if mes in limites else None,
            limites[mes].teto if mes in limites else None,
            na_falta.get(mes),
            wrong.get(mes, ""),
        )
        for mes, horas in sorted(de_cada.horas.items())
    ]
    antes = [row for row in rows if row is not shown]
    return Ano(contrato, ano, regra, de_cada.energia, meses, told, shown, antes)
