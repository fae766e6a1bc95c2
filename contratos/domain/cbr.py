"""What a CBR may state (3.25, 3.26, 3.28 to 3.30), until when for a month (3.27), and from when it ends (3.33)."""

from datetime import date
from enum import StrEnum

from contratos.domain.prazos import due_date, month, parse
from portal.kernel.business_days import Calendario

PRAZO = "MS+9du"  # 3.27 leaves it to submódulo 3.1; the only date given for a CBR is that of 3.32.1


class Subgrupo(StrEnum):
    A = "a"
    B = "b"


class Origem(StrEnum):
    CHAMADA_PUBLICA = "chamada_publica"
    DESVERTICALIZACAO = "desverticalizacao"
    SISTEMA_ISOLADO = "sistema_isolado"
    ANTERIOR_10848 = "anterior_10848"
    ART_5 = "art_5"
    ART_10 = "art_10"
    OUTRA = "outra"


SUBGRUPOS = {Subgrupo.A: "(a) comprador distribuidora", Subgrupo.B: "(b) vendedor gerador, Lei 13.182/2015"}
ORIGENS = {
    Origem.CHAMADA_PUBLICA: "Geração distribuída por chamada pública",
    Origem.DESVERTICALIZACAO: "Geração distribuída por desverticalização",
    Origem.SISTEMA_ISOLADO: "Sistema isolado de distribuidora interligada",
    Origem.ANTERIOR_10848: "Anterior à Lei 10.848/2004",
    Origem.ART_5: "Art. 5º da Lei 13.182/2015",
    Origem.ART_10: "Art. 10 da Lei 13.182/2015",
    Origem.OUTRA: "Outra",
}
MODULACOES = {
    "flat": "Flat",
    "carga": "Pelo perfil de carga do comprador",
    "geracao": "Pelo perfil de geração da usina",
    "ex_ante": "Ex-ante, combinada entre as partes",
}
COM_PARCELA = frozenset(
    {Origem.CHAMADA_PUBLICA, Origem.DESVERTICALIZACAO, Origem.SISTEMA_ISOLADO, Origem.ANTERIOR_10848}
)
DA_LEI_13182 = frozenset({Origem.ART_5, Origem.ART_10})
GERADORES = frozenset({"gerador", "produtor_independente", "autoprodutor"})
DISTRIBUIDOR = "distribuidor"


def class_problems(subgrupo: Subgrupo, origem: Origem, vendedor: str, comprador: str) -> dict[str, str]:
    """By field; `vendedor` and `comprador` are the classes of the two sides (3.25)."""
    found = {}
    if subgrupo is Subgrupo.A and comprador != DISTRIBUIDOR:
        found["subgrupo"] = (
            "Cláusula 3.25: o subgrupo (a) é do CBR cujo comprador é agente de distribuição, e este comprador não é. "
            "Confira o comprador, ou escolha o subgrupo (b), se o contrato for da Lei 13.182/2015."
        )
    if subgrupo is Subgrupo.B and vendedor not in GERADORES:
        found["subgrupo"] = (
            "Cláusula 3.25: o subgrupo (b) é do CBR cujo vendedor é agente de geração, e este vendedor não é. "
            "Confira o vendedor, ou escolha o subgrupo (a), se o comprador for distribuidora."
        )
    belongs = Subgrupo.A if origem in COM_PARCELA else Subgrupo.B if origem in DA_LEI_13182 else subgrupo
    if subgrupo is not belongs:
        found["origem"] = (
            f"Cláusula 3.25: contrato de origem “{ORIGENS[origem]}” é do subgrupo ({belongs}), e foi informado "
            f"({subgrupo}). Corrija um dos dois."
        )
    return found


def terms_problems(subgrupo: Subgrupo, origem: Origem, parcela: str, classes: tuple[str, str]) -> dict[str, str]:
    """By field, of what the seller registers; `classes` of seller and buyer."""
    found = class_problems(subgrupo, origem, *classes)
    if origem is Origem.ART_5:
        found["origem"] = (
            "Cláusula 3.28.2: contrato do art. 5º da Lei 13.182/2015 quem registra é a CCEE, sem validação. "
            "Depois do registro, o vendedor ajusta e o comprador valida os valores horários máximos."
        )
    if origem in COM_PARCELA and not parcela:
        found["parcela_usina"] = (
            f"Cláusula 3.29: contrato de origem “{ORIGENS[origem]}” precisa da parcela de usina no registro. Informe-a."
        )
    return found


def empty_problems(*, vazio: bool, sem_energia: bool, um_mes: bool) -> dict[str, str]:
    """By field, of an adjustment. `vazio`: it states no period. Nothing is taken for zero that nobody called so."""
    if vazio and not sem_energia:
        return {
            "periodos": "Cláusula 3.30: informe o período de vigência e o montante. Se o mês inteiro fica sem energia, "
            "deixe os períodos em branco e diga isso no campo próprio."
        }
    if sem_energia and not vazio:
        return {
            "sem_energia": "Cláusula 3.30: foi dito que o mês fica sem energia e também informado um montante. "
            "Deixe os períodos em branco, ou responda não."
        }
    if sem_energia and not um_mes:
        return {
            "sem_energia": "Cláusulas 3.28 e 3.32: só um mês se ajusta a zero. Sem energia até o fim do suprimento, o "
            "registro se finaliza: use “Finalizar por acordo”, que o comprador também valida."
        }
    return {}


def limit(mes: date, calendario: Calendario) -> date:
    """The last day on which what counts for that month may be registered, adjusted and validated."""
    found = due_date(parse(PRAZO), {"MS": mes}, calendario)
    assert found is not None  # noqa: S101 - the expression is not N.A.
    return found


def first_month(hoje: date, calendario: Calendario) -> date:
    """The earliest month for which an act of that day is still in time."""
    before = month(hoje, -1)
    return before if hoje <= limit(before, calendario) else month(hoje, 0)


def month_problem(mes: date, hoje: date, calendario: Calendario, *, clausula: str = "3.27") -> str:
    """'' where an act of that day still counts for that month; else why not, and for which it would."""
    ate = limit(mes, calendario)
    if hoje <= ate:
        return ""
    return (
        f"Cláusula {clausula}: para {mes:%m/%Y} o prazo terminou em {ate:%d/%m/%Y} ({PRAZO}), registro e validação. "
        f"Hoje, {hoje:%d/%m/%Y}, ainda se aceita a partir de {first_month(hoje, calendario):%m/%Y}."
    )


def end_problem(dia: date, inicio: date, fim: date) -> str:
    """'' where the first day without energy lies within the supply (3.33)."""
    if inicio <= dia <= fim:
        return ""
    return (
        f"Cláusula 3.33: o primeiro dia sem energia tem de estar no suprimento, de {inicio:%d/%m/%Y} a "
        f"{fim:%d/%m/%Y}; foi informado {dia:%d/%m/%Y}."
    )
