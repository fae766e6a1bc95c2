"""The calculations of §3 of the submódulo by name, from JSON to JSON: amounts as text, months as 2027-03."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from contratos.domain.acordo import Intervalo
from contratos.domain.entradas import Entrada
from contratos.domain.montantes import faixa, flat, modulacao, perfil, proinfa
from contratos.domain.montantes.exato import POR_MWH, Recusado, decimal, half_up, total
from contratos.domain.montantes.meses import contractual, hours
from contratos.domain.periodos import NaoFecha, shape

Saida = dict[str, Any]
PERCENTUAL = 10  # no band reaches ten times the mean
SEM_MESES = "o período não tem meses: confira inicio e fim."


def _flat(entrada: Entrada) -> Saida:
    energia, horas = entrada.amount("energia_mwh"), _hours(entrada)
    entrada.check()
    return {"meses": _months(flat.distribute_by_hours(energia, horas))}


def _perfil(entrada: Entrada) -> Saida:
    energia, horas, mwmed = entrada.amount("energia_mwh"), _hours(entrada), entrada.months("perfil_mwmed")
    banda = _band(entrada)
    entrada.check()
    return {"meses": _months(perfil.distribute(energia, horas, perfil.from_power(mwmed, horas), banda))}


def _banda(entrada: Entrada) -> Saida:
    """Limits are told half up at six places; `mais_proximo` is what may be stated, within them to the last place."""
    energia, horas, proposta = entrada.amount("energia_mwh"), _hours(entrada), entrada.months("proposta")
    banda = _band(entrada)
    entrada.check()
    bounds = faixa.limits(energia, horas, banda)
    erros = [
        _problem(mes, proposta.get(mes), bounds.get(mes), texto)
        for mes, texto in faixa.problems(proposta, energia, horas, banda).items()
        if mes is not None
    ]
    if texto := faixa.total_problem(proposta, energia, "3.59"):
        erros.append(
            _problem(None, total(proposta.values()), faixa.Limites(Fraction(energia), Fraction(energia)), texto)
        )
    return {"aceita": not erros, "erros": erros}


def _problem(mes: date | None, valor: Decimal | None, limites: faixa.Limites | None, texto: str) -> Saida:
    """`mes` is null for the sum of all; a month without supply has no limits."""
    told = {"mes": f"{mes:%Y-%m}" if mes else None, "valor": None if valor is None else f"{valor:f}"}
    if limites is None:
        return {**told, "minimo": None, "maximo": None, "mais_proximo": None, "mensagem": texto}
    nearest = _text(limites.nearest(Decimal(0) if valor is None else valor))
    return {
        **told,
        "minimo": _text(decimal(half_up(limites.minimo * POR_MWH))),
        "maximo": _text(decimal(half_up(limites.maximo * POR_MWH))),
        "mais_proximo": nearest,
        "mensagem": texto,
    }


def _modulacao_flat(entrada: Entrada) -> Saida:
    energia, mes = entrada.amount("energia_mwh"), entrada.month("mes")
    entrada.check()
    first, hora, *_ = modulacao.flat(energia, hours(mes))
    return {"hora": _text(hora), "primeira_hora": _text(first)}


def _cbr_horas(entrada: Entrada) -> Saida:
    mwmed, pesos = entrada.amount("mwmed"), entrada.amounts("pesos")
    entrada.check()
    if not any(pesos):
        raise Recusado("pesos: ao menos um tem de ser maior que zero.")
    return {"horas": [_text(hora) for hora in shape(mwmed * len(pesos), pesos)]}


def _proinfa(entrada: Entrada) -> Saida:
    cota, parcela = entrada.amount("cota_distribuidora"), entrada.number("parcela")
    unidade, distribuidora = entrada.number("consumo_uc"), entrada.number("consumo_distribuidora")
    entrada.check()
    problem = proinfa.share_problem(parcela) or proinfa.consumption_problem(unidade, distribuidora)
    if problem:
        raise Recusado(problem)
    found = proinfa.by_consumption(cota, unidade, distribuidora, parcela)
    return {"cota_uc": _text(found.unidade), "cota_distribuidora": _text(found.distribuidora)}


def _hours(entrada: Entrada) -> dict[date, int]:
    """Of all months from `inicio` to `fim`; a day in the place of a month begins, or ends, the period there."""
    de, ate = entrada.first_day("inicio"), entrada.last_day("fim")
    periodo = Intervalo(de, ate)
    found = {mes: horas for ano in range(de.year, ate.year + 1) for mes, horas in contractual(ano, periodo).items()}
    if not found and not entrada.problemas:
        entrada.problemas["fim"] = SEM_MESES
    return found


def _band(entrada: Entrada) -> faixa.Faixa:
    """0.85 and 1.15; 85 and 115 are taken for percents."""
    usual = faixa.DE_85_A_115
    minimo, maximo = entrada.number("minimo", usual.minimo), entrada.number("maximo", usual.maximo)
    try:
        return faixa.Faixa(*(value / 100 if value >= PERCENTUAL else value for value in (minimo, maximo)))
    except Recusado:
        told = f"a faixa vai de menos a mais que a média, como 0.85 e 1.15; foi informado de {minimo:f} a {maximo:f}."
        entrada.problemas.setdefault("minimo", told)
        return usual


def _months(valores: Mapping[date, Decimal]) -> dict[str, str]:
    return {f"{mes:%Y-%m}": _text(valor) for mes, valor in sorted(valores.items())}


def _text(valor: Decimal) -> str:
    return f"{valor:.6f}"


CALCULOS: Mapping[str, Callable[[Entrada], Saida]] = {
    "flat": _flat,
    "perfil": _perfil,
    "banda": _banda,
    "modulacao-flat": _modulacao_flat,
    "cbr-horas": _cbr_horas,
    "proinfa": _proinfa,
}


def calculate(nome: str, dados: object) -> Saida:
    """Raises Recusado: each bad field by its name, or what the calculation does not allow."""
    try:
        return CALCULOS[nome](Entrada(dados))
    except NaoFecha as error:
        raise Recusado(str(error)) from error
