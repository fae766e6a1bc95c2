"""A contract's year on a page: what each month has, may have and gets if nobody acts; a trial; a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contratos import modulacao, montantes
from contratos.domain.andamento import Situacao
from contratos.domain.montantes import faixa, flat
from contratos.domain.sazonalizacao import DE_CADA_ESPECIE, PELAS_PARTES, REGRAS
from contratos.faixas import DE_85_A_115
from contratos.models import Atividade, Contrato
from contratos.paginas import ano as leitura
from contratos.paginas import leitor
from contratos.paginas.ano import Ano, Mes
from contratos.paginas.grafico import Grafico, of_year
from contratos.paginas.palavras import decimal
from portal import planilha
from portal.agentes.acesso import Ator
from portal.kernel.errors import NotFound

COLUNAS = ("Mês", "Horas", "Energia (MWh)", "MWmédio", "% da média")


@dataclass(frozen=True, slots=True)
class Linha:
    """One month in words; empty where there is nothing to say."""

    mes: date
    horas: int
    energia: str
    potencia: str
    parte: str
    minimo: str
    maximo: str
    na_falta: str
    problema: str


@dataclass(frozen=True, slots=True)
class Ensaio:
    """What was tried: nothing of it is kept."""

    problemas: list[str]

    @property
    def serve(self) -> bool:
        return not self.problemas


def page(contrato: Contrato, ano: int, ator: Ator, *, now: datetime, tentado: str | None = None) -> dict[str, Any]:
    """Raises NotFound for a year without supply. `tentado`: a table to try."""
    lido = leitura.read(contrato, ano, tentado=tentado)
    valores, na_falta = _of(lido, lambda mes: mes.energia_mwh), _of(lido, lambda mes: mes.na_falta_mwh)
    return {
        "contrato": contrato,
        "ano": str(ano),  # a year has no thousands
        "regra": REGRAS[lido.regra],
        "energia": decimal(lido.energia_mwh, 6),
        "media": decimal(lido.energia_mwh / lido.horas, 6),
        "linhas": [_line(mes) for mes in lido.meses],
        "grafico": _chart(lido, valores or na_falta),
        "sazonalizacao": lido.shown,
        "anteriores": lido.antes,
        "ensaio": None if tentado is None else Ensaio(lido.problemas),
        "tabela": tentado if tentado is not None else _table(valores or _flat(lido)),
        "atividade": _ours(contrato, ano, ator, now=now),
        "vizinhos": [str(each) for each in (ano - 1, ano + 1) if each in montantes.years(contrato)],
        "so_na_falta": bool(na_falta) and not valores,
        "avisos": modulacao.power_warnings(contrato, valores or na_falta),
        "ha_na_falta": bool(na_falta),
        "ha_faixa": any(mes.minimo_mwh is not None for mes in lido.meses),
        "sem_valores": not valores,
        "com_validacao": lido.regra in PELAS_PARTES,
        "enviar": "Enviar ao vendedor" if lido.regra in PELAS_PARTES else "Enviar",
    }


def as_csv(contrato: Contrato, ano: int) -> bytes:
    lido = leitura.read(contrato, ano)
    if lido.shown is None or lido.shown.final_at is None:
        raise NotFound(f"{ano} ainda não está sazonalizado no contrato {contrato.numero}.")
    lines = (_line(mes) for mes in lido.meses)
    cells = ((f"{each.mes:%m/%Y}", str(each.horas), each.energia, each.potencia, each.parte) for each in lines)
    return planilha.write(COLUNAS, ([cell.replace(".", "") for cell in line] for line in cells))


def first_year(contrato: Contrato, hoje: date) -> str:
    """Where the contract's page leads to: this year's months, or the first that there are."""
    if contrato.tipo not in DE_CADA_ESPECIE:
        return ""
    anos = montantes.years(contrato)
    return str(min(max(hoje.year, anos[0]), anos[-1])) if anos else ""


def _of(lido: Ano, what: Callable[[Mes], Decimal | None]) -> dict[date, Decimal]:
    pairs = ((mes.mes, what(mes)) for mes in lido.meses)
    return {mes: value for mes, value in pairs if value is not None}


def _flat(lido: Ano) -> dict[date, Decimal]:
    return flat.distribute_by_hours(lido.energia_mwh, {mes.mes: mes.horas for mes in lido.meses})


def _line(mes: Mes) -> Linha:
    def six(value: Decimal | None) -> str:
        return "" if value is None else decimal(value, 6)

    return Linha(
        mes.mes,
        mes.horas,
        six(mes.energia_mwh),
        six(None if mes.energia_mwh is None else mes.energia_mwh / mes.horas),
        "" if mes.parte is None else f"{decimal(mes.parte, 2)}%",
        six(mes.minimo_mwh),
        six(mes.maximo_mwh),
        six(mes.na_falta_mwh),
        mes.problema,
    )


def _chart(lido: Ano, valores: dict[date, Decimal]) -> Grafico | None:
    partes = faixa.shares(valores, lido.energia_mwh, {mes.mes: mes.horas for mes in lido.meses})
    band = (faixa.DE_85_A_115.minimo * 100, faixa.DE_85_A_115.maximo * 100) if lido.regra in DE_85_A_115 else None
    return of_year(partes, band, [mes.mes for mes in lido.meses if mes.problema]) if partes else None


def _table(valores: dict[date, Decimal]) -> str:
    lines = (f"{mes:%m/%Y}; {energia:f}".replace(".", ",") for mes, energia in sorted(valores.items()))
    return "\n".join(lines)


def _ours(contrato: Contrato, ano: int, ator: Ator, *, now: datetime) -> Atividade | None:
    """The activity that waits for this person to send the table."""
    flows = contrato.fluxos.filter(procedimento__startswith="sazo_", dados__ano=str(ano), closed_at=None)
    rows = Atividade.objects.filter(fluxo__in=flows, codigo="Z1", situacao=Situacao.ABERTA.value)
    row = rows.select_related("fluxo").order_by("-rodada").first()
    if row is None:
        return None
    row.fluxo.contrato = contrato
    return row if leitor.of(ator, now=now).may(row.fluxo, row.responsavel) else None
