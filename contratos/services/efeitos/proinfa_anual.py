"""PROINFA by the year: the act, the curve by ACEP or by CCEE, plants that change, who is told (3.43, 3.63 to 3.67)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from contratos import proinfa
from contratos.domain.montantes.exato import Recusado, number
from contratos.domain.montantes.meses import hours_of
from contratos.domain.montantes.proinfa import automatic, curve_problems, plant_problems, scale
from contratos.domain.prazos import month
from contratos.domain.procedimentos import Efeito
from contratos.domain.proinfa import (
    ACEP,
    COTAS,
    DA_CCEE,
    DA_GARANTIA,
    DO_ACEP,
    plants_problem,
    read_amounts,
    read_columns,
    revised,
    year_problem,
)
from contratos.models import AnoDoProinfa, Contrato, UsinaDoProinfa
from contratos.services import proinfa_anos
from contratos.services.efeitos.feito import Feito
from portal.kernel.errors import DomainError, refusal, refuse

Erros = dict[str, list[str]]


def state_year(feito: Feito) -> None:
    """The act's amount, the distributors' quotas and the plants' energy, all or nothing."""
    dados, erros = feito.dados, Erros()
    ano, montante = int(dados["ano"]), Decimal(dados["montante_mwh"])
    cotas, erros["cotas"] = read_amounts(dados["cotas"])
    usinas, erros["usinas"] = read_amounts(dados.get("usinas", ""))
    contratos = {each.numero: each for each in proinfa.contracts().filter(cota_proinfa=None)}
    erros["cotas"] += [f"Cláusula 3.43: {nome} não é contrato de distribuidora." for nome in cotas.keys() - contratos]
    known = set(UsinaDoProinfa.objects.values_list("codigo", flat=True))
    erros["usinas"] += [f"Cláusula 3.64: não há usina {nome} no cadastro." for nome in usinas.keys() - known]
    erros["ano"] = [problem] if (problem := _year_problem(ano, feito.hoje)) else []
    if not erros["cotas"] and (problem := year_problem(montante, cotas)):
        erros["cotas"] = [problem]
    if not erros["usinas"] and (problem := plants_problem(montante, usinas)):
        erros["usinas"] = [problem]
    refuse(erros)
    ato = f"{dados['ato_tipo']} {dados['ato_numero']}, de {date.fromisoformat(dados['ato_publicado_em']):%d/%m/%Y}"
    row = proinfa_anos.keep_year(ano, montante, usinas, ato, by=feito.by, now=feito.now)
    proinfa_anos.keep_quotas(
        row, {contratos[nome]: energia for nome, energia in cotas.items()}, by=feito.by, now=feito.now
    )
    proinfa_anos.open_year(feito.contrato, row, by=feito.by, now=feito.now)


def _year_problem(ano: int, hoje: date) -> str:
    """3.66: until 31 January CCEE sets the year by the act in force; after that the year stands."""
    if hoje <= date(ano, 1, 31):
        return ""
    return (
        f"Cláusula 3.66: o montante de {ano} valia até 31/01/{ano}, quando a CCEE sazonaliza por ele. Depois, só a "
        "garantia física de uma usina o muda (cláusula 3.65)."
    )


def seasonalise(feito: Feito) -> None:
    """By the ACEP: every month, the act's amount to the last place, plants and its own profile adding up (3.64)."""
    ano = year_of(feito)
    usinas = sorted(ano.usinas)
    columns, unread = read_columns(feito.dados["curva"], [COTAS, ACEP, *usinas])
    refuse({"curva": unread})
    horas = hours_of(month(date(ano.ano, 1, 1), later) for later in range(12))
    problems = list(curve_problems(columns[COTAS], ano.montante_mwh, horas).values())
    if not problems:
        problems = list(
            plant_problems(columns[COTAS], columns[ACEP], {nome: columns[nome] for nome in usinas}).values()
        )
    problems += [] if problems else _energy_problems(ano, columns)
    refuse({"curva": problems})
    entrada = _inputs(ano)
    proinfa_anos.write_curve(feito.contrato, ano, columns, DO_ACEP, entrada=entrada, by=feito.by, now=feito.now)


def _energy_problems(ano: AnoDoProinfa, columns: proinfa.Colunas) -> list[str]:
    """Each plant's year is what the act says of it."""
    return [
        f"Cláusula 3.64: {nome} soma {number(somado)} MWh no ano, e o ato lhe dá {number(Decimal(energia))} MWh."
        for nome, energia in sorted(ano.usinas.items())
        if (somado := sum(columns[nome].values(), Decimal(0))) != Decimal(energia)
    ]


def seasonalise_alone(feito: Feito) -> None:
    """By CCEE, flat by hours, where the ACEP was late (3.66)."""
    make_automatic(feito.contrato, year_of(feito), by=feito.by, now=feito.now)


def make_automatic(conta: Contrato, ano: AnoDoProinfa, *, by: str, now: datetime) -> None:
    columns = automatic_columns(ano)
    proinfa_anos.write_curve(conta, ano, columns, DA_CCEE, entrada=_inputs(ano), by=by, now=now)


def automatic_columns(ano: AnoDoProinfa) -> proinfa.Colunas:
    """Of the act alone. Raises DomainError."""
    horas = hours_of(month(date(ano.ano, 1, 1), later) for later in range(12))
    usinas = {nome: Decimal(energia) for nome, energia in ano.usinas.items()}
    try:
        found = automatic(ano.montante_mwh, horas, usinas)
    except Recusado as error:
        raise DomainError(f"{error} Corrija o ato do ano de {ano.ano}.") from error
    return {COTAS: found.curva, ACEP: found.acep, **found.usinas}


def review_plant(feito: Feito) -> None:
    """3.65: the plant's months from that one on, in proportion; the quotas change by as much."""
    dados = feito.dados
    codigo, nova = dados["usina"].upper(), Decimal(dados["garantia_mwmed"])
    desde = date.fromisoformat(dados["desde"])
    usina = UsinaDoProinfa.objects.select_for_update().filter(codigo=codigo).first()
    ano = proinfa.year(desde.year)
    curva = proinfa.latest(ano) if ano else None
    if usina is None:
        raise refusal(
            "usina", f"Cláusula 3.65: não há usina {codigo[:20]} no cadastro das que podem participar do MRE."
        )
    if ano is None or curva is None or codigo not in curva.saida["usinas"]:
        raise refusal(
            "desde",
            f"Cláusula 3.65: {desde.year} ainda não tem curva sazonalizada com a usina {codigo}. Ela existe depois que "
            "o ACEP, ou a CCEE por ele, sazonaliza o ano (cláusulas 3.63 e 3.66).",
        )
    antes = usina.garantia_fisica_mwmed
    refuse({"garantia_mwmed": "" if nova > 0 else "Cláusula 3.65: informe a garantia física, maior que zero."})
    refuse({"garantia_mwmed": "" if nova != antes else f"Cláusula 3.65: já é esta a garantia física de {codigo}."})
    before = proinfa.columns(curva)
    columns = revised(before, codigo, scale(before[codigo], antes, nova, desde))
    said = {"usina": codigo, "de_mwmed": f"{antes:f}", "para_mwmed": f"{nova:f}", "desde": desde.isoformat()}
    entrada = {"curva": curva.versao, "ato": f"{dados['ato_tipo']} {dados['ato_numero']}", **said}
    usina.garantia_fisica_mwmed = nova
    usina.save(update_fields=["garantia_fisica_mwmed"])
    proinfa_anos.write_curve(feito.contrato, ano, columns, DA_GARANTIA, entrada=entrada, by=feito.by, now=feito.now)


def inform(feito: Feito) -> None:
    """An entry, and so a message, for every quota holder (3.67)."""
    versao = int(feito.fluxo.dados["versao"])
    proinfa_anos.tell(year_of(feito), versao, feito.dados["comunicado"], by=feito.by, now=feito.now)


def list_without(feito: Feito) -> None:
    proinfa_anos.leave_out(feito.contrato, int(feito.fluxo.dados["ano"]), by=feito.by, now=feito.now)


def calculate_year(feito: Feito) -> None:
    proinfa_anos.calculate(feito.contrato, int(feito.fluxo.dados["ano"]), by=feito.by, now=feito.now)


def year_of(feito: Feito) -> AnoDoProinfa:
    return AnoDoProinfa.objects.get(ano=int(feito.fluxo.dados["ano"]))


def _inputs(ano: AnoDoProinfa) -> dict[str, object]:
    return {"montante_mwh": f"{ano.montante_mwh:f}", "usinas": ano.usinas, "ato": ano.ato}


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.REGISTRAR_ANO_DO_PROINFA: state_year,
    Efeito.SAZONALIZAR_PROINFA: seasonalise,
    Efeito.SAZONALIZAR_AUTOMATICAMENTE: seasonalise_alone,
    Efeito.INFORMAR_COTISTAS: inform,
    Efeito.REVER_GARANTIA_FISICA: review_plant,
    Efeito.LISTAR_SEM_HISTORICO: list_without,
    Efeito.CALCULAR_COTA_ANUAL: calculate_year,
}
