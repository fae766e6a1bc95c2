"""CCERs: registered by the distributor, zero while the consumer owes, restored when it has paid."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from contratos import ccer as leitura
from contratos import selectors
from contratos.domain import ccer as regras
from contratos.domain.andamento import Situacao
from contratos.domain.contrato import Registro
from contratos.domain.montantes import grade
from contratos.domain.procedimentos import Efeito
from contratos.models import Atividade, Ccer, MontanteDoMes, UnidadeConsumidora
from contratos.services.efeitos.feito import Feito
from contratos.services.situacao import move
from contratos.services.trilha import note
from contratos.services.zeros import lift
from portal.agentes.models import Agente, Classe
from portal.kernel.errors import refuse
from portal.kernel.text import searchable

CONSUMIDORES = (Classe.CONSUMIDOR_LIVRE, Classe.CONSUMIDOR_ESPECIAL)
CODIGO = 30  # characters
Erros = dict[str, list[str]]


def register(feito: Feito) -> None:
    """Raises DomainError with everything that is wrong, by field."""
    contrato, dados = feito.contrato, feito.dados
    inicio, fim = contrato.suprimento_inicio, contrato.suprimento_fim
    tabela = grade.read_months(dados["meses"])
    stated = tabela.valores
    problems = tabela.told or regras.month_problems(stated, inicio, fim)
    erros = _parties(feito) | ({"meses": problems} if problems else {})
    unidade = None if "vendedor" in erros or "comprador" in erros else _unit(feito, erros)
    if unidade is not None and (
        second := regras.second_problem(
            unidade.codigo, inicio, fim, leitura.others(unidade, contrato), selectors.deadline_day(feito.now)
        )
    ):
        erros["unidade_codigo"] = [second]
    refuse(erros)
    if unidade is not None:
        _keep(feito, unidade, stated)


def _parties(feito: Feito) -> Erros:
    seller, buyer, erros = feito.contrato.vendedor, feito.contrato.comprador, Erros()
    if seller.classe != Classe.DISTRIBUIDOR:
        erros["vendedor"] = [f"Cláusula 3.22: o CCER é registrado pela distribuidora; {_is(seller)}."]
    if buyer is None or buyer.classe not in CONSUMIDORES:
        who = f"; {_is(buyer)}" if buyer else ""
        erros["comprador"] = [f"Cláusula 3.22: o CCER é de consumidor parcialmente livre ou especial{who}."]
    return erros


def _is(agente: Agente) -> str:
    return f"{agente.sigla} é {agente.get_classe_display().lower()}"


def _unit(feito: Feito, erros: Erros) -> UnidadeConsumidora | None:
    """The row of that code, locked, made on its first use: of two registrations at once the second sees the first."""
    dados, contrato = feito.dados, feito.contrato
    codigo = dados["unidade_codigo"].upper()
    missing = [nome for nome in ("unidade_nome", "unidade_regime", "unidade_rede_basica") if nome not in dados]
    known = UnidadeConsumidora.objects.filter(codigo=codigo).exists()
    if len(codigo) > CODIGO:
        erros["unidade_codigo"] = [f"O código tem até {CODIGO} caracteres."]
    elif missing and not known:
        erros |= {nome: [f"Cláusula 3.22: a unidade {codigo} ainda não tem cadastro: informe."] for nome in missing}
    if len(codigo) > CODIGO or (missing and not known):
        return None
    UnidadeConsumidora.objects.get_or_create(
        codigo=codigo,
        defaults={
            "nome": dados.get("unidade_nome", "")[:200],
            "regime": dados.get("unidade_regime", ""),
            "rede_basica": dados.get("unidade_rede_basica") == "sim",
            "consumidor": contrato.comprador,
            "distribuidora": contrato.vendedor,
        },
    )
    unidade = UnidadeConsumidora.objects.select_for_update(of=("self",)).get(codigo=codigo)
    _agree(feito, unidade, erros)
    return unidade


def _agree(feito: Feito, unidade: UnidadeConsumidora, erros: Erros) -> None:
    """What is stated of a unit is what is on file."""
    contrato, dados = feito.contrato, feito.dados
    if (unidade.distribuidora, unidade.consumidor) != (contrato.vendedor, contrato.comprador):
        erros["unidade_codigo"] = [
            f"Cláusula 3.22: a unidade {unidade.codigo} não está cadastrada entre estas duas empresas. Confira o "
            "código, ou peça à CCEE que corrija o cadastro da unidade."
        ]
    on_file = {
        "unidade_regime": (unidade.regime, unidade.get_regime_display().lower()),
        "unidade_rede_basica": ("sim" if unidade.rede_basica else "não",) * 2,
    }
    for nome, (value, words) in on_file.items():
        if dados.get(nome, value) != value:
            erros[nome] = [f"Cláusula 3.22: no cadastro da unidade {unidade.codigo} consta “{words}”."]


def _keep(feito: Feito, unidade: UnidadeConsumidora, stated: regras.Meses) -> None:
    contrato, total = feito.contrato, sum(stated.values(), Decimal(0))
    counts = regras.counted(stated, selectors.deadline_day(feito.now), leitura.deadline())
    Ccer.objects.create(contrato=contrato, unidade=unidade)
    MontanteDoMes.objects.bulk_create(
        MontanteDoMes(contrato=contrato, mes=mes, energia_mwh=energia) for mes, energia in counts.items()
    )
    power = regras.mean_power(total, contrato.suprimento_inicio, contrato.suprimento_fim)
    move(
        contrato,
        Registro.REGISTRADO,
        by=feito.by,
        now=feito.now,
        registered_at=feito.now,
        energia_mwh=total,
        montante_mwmed=power,
    )
    lost = [f"{mes:%m/%Y}" for mes, energia in counts.items() if energia != stated[mes]]
    note(contrato, "ccer_registrado", by=feito.by, now=feito.now, unidade=unidade.codigo, meses_perdidos=lost)


def zero(feito: Feito) -> None:
    contrato, desde = feito.contrato, date.fromisoformat(feito.dados["zerado_desde"])
    ccer = Ccer.objects.select_for_update().get(contrato=contrato)
    aberto = regras.first_open(selectors.deadline_day(feito.now), leitura.deadline())
    erros = {
        "zerado_desde": regras.zero_problem(desde, aberto, contrato.suprimento_inicio, leitura.last_day(contrato)),
        "debito": _settled(feito),
    }
    refuse(erros)
    ccer.zerado_desde, ccer.zerado_ate, ccer.inadimplencia = desde, None, feito.dados["debito"][:300]
    ccer.save()
    note(contrato, "ccer_zerado", by=feito.by, now=feito.now, desde=f"{desde:%m/%Y}", debito=ccer.inadimplencia)


def _settled(feito: Feito) -> str:
    """'' or that this very debt was paid before."""
    paid = Atividade.objects.filter(codigo="D2", situacao=Situacao.CONCLUIDA.value, fluxo__contrato=feito.contrato)
    debts = Atividade.objects.filter(codigo="D1", fluxo__in=paid.values("fluxo"), situacao=Situacao.CONCLUIDA.value)
    for row in debts:
        if searchable(row.evidencia["debito"]) == searchable(feito.dados["debito"]):
            return (
                f"Cláusula 3.72: o débito “{feito.dados['debito'][:100]}” já foi quitado. Depois da quitação o "
                "montante não é mais zerado por ele; um novo débito tem o seu próprio registro."
            )
    return ""


def restore(feito: Feito) -> None:
    """From the first month that is not final yet: after the settlement zero is no longer possible."""
    ccer = Ccer.objects.select_for_update().get(contrato=feito.contrato)
    lift(ccer, selectors.deadline_day(feito.now))
    desde = f"{ccer.zerado_ate:%m/%Y}"
    note(feito.contrato, "ccer_restaurado", by=feito.by, now=feito.now, desde=desde, **feito.dados)


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.REGISTRAR_CCER: register,
    Efeito.ZERAR_CCER: zero,
    Efeito.RESTAURAR_CCER: restore,
}
