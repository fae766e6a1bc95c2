"""A CBR's registration and its amounts: sent by the seller, validated or given back by the buyer, or lapsed."""

from collections.abc import Callable, Mapping
from datetime import date

from contratos import cbr
from contratos.domain.acordo import Intervalo
from contratos.domain.cbr import Origem, Subgrupo, class_problems, empty_problems, month_problem, terms_problems
from contratos.domain.contrato import order_problem
from contratos.domain.periodos import Periodo, clip, energy, merge, reach_problems, read
from contratos.domain.prazos import month
from contratos.domain.procedimentos import Efeito
from contratos.models import Cbr, VersaoDoCbr
from contratos.services.ancoras import move_anchors
from contratos.services.efeitos.feito import Feito
from contratos.services.empresas import company
from contratos.services.portoes.caso import Caso
from contratos.services.portoes.cbr import ineligible
from contratos.services.trilha import note
from contratos.services.versoes_do_cbr import kept, put_in_force, registered, send
from portal.calendario.selectors import calendar
from portal.kernel.errors import Conflict, refuse

Situacao = VersaoDoCbr.Situacao
REGISTRO = "cbr_registro"
RASCUNHO = "O registro ainda espera a validação do comprador: conclua-o ou cancele-o antes de ajustar os montantes."
SEM_MOTIVO = "Para devolver, diga ao vendedor o que corrigir."
Problems = dict[str, str]


def register(feito: Feito) -> None:
    """A draft of the seller: complete and consistent, but nothing counts before the buyer validates."""
    dados, contrato = feito.dados, feito.contrato
    subgrupo, origem = Subgrupo(dados["subgrupo"]), Origem(dados["origem"])
    problems = _parties(feito) if feito.row.rodada > 1 else {}
    problems |= terms_problems(subgrupo, origem, dados.get("parcela_usina", ""), _classes(feito))
    if subgrupo is Subgrupo.B and (closed := " ".join(ineligible(Caso(contrato, feito.hoje)))):
        problems.setdefault("subgrupo", closed)
    mes = date.fromisoformat(dados.get("mes_referencia", dados["suprimento_inicio"])).replace(day=1)
    problems |= _month(mes, feito) or _mes_in(mes, cbr.reach(contrato))
    periodos, wrong = _periods(feito, "periodos", Intervalo(mes, contrato.suprimento_fim))
    refuse(problems | wrong)
    if feito.row.rodada > 1:
        move_anchors(feito.fluxo, {"MS": mes}, by=feito.by, now=feito.now)
    row = _keep(feito, subgrupo, origem)
    versao = send(row, feito, mes, periodos)
    _note(feito, "cbr_enviado", versao, energia_mwh=f"{energy(periodos):f}")


def _parties(feito: Feito) -> Problems:
    """Given back, it is stated anew: the dates may be corrected, the sides may not."""
    contrato, dados = feito.contrato, feito.dados
    sides = {"vendedor": contrato.vendedor, "comprador": contrato.comprador}
    changed = {
        nome: "As partes não mudam num registro devolvido. Cancele-o e registre outro."
        for nome, agente in sides.items()
        if company(dados, nome) != agente
    }
    inicio, fim = (date.fromisoformat(dados[nome]) for nome in ("suprimento_inicio", "suprimento_fim"))
    if problem := order_problem(inicio, fim):
        changed["suprimento_fim"] = problem
    contrato.suprimento_inicio, contrato.suprimento_fim = inicio, fim
    if not changed:
        contrato.save(update_fields=["suprimento_inicio", "suprimento_fim"])
    return changed


def _classes(feito: Feito) -> tuple[str, str]:
    contrato = feito.contrato
    return contrato.vendedor.classe, contrato.comprador.classe if contrato.comprador else ""


def _keep(feito: Feito, subgrupo: Subgrupo, origem: Origem) -> Cbr:
    dados = feito.dados
    facts = {
        "subgrupo": subgrupo.value,
        "origem": origem.value,
        "modulacao": dados["modulacao"],
        "mesmo_grupo": dados["mesmo_grupo"] == "sim",
        "parcela_usina": dados.get("parcela_usina", "")[:120],
        "ato": kept(feito),
    }
    row, _ = Cbr.objects.update_or_create(contrato=feito.contrato, defaults=facts)
    return row


def register_art_5(feito: Feito) -> None:
    """By CCEE, and in force at once (3.28.2). Its maxima may come later."""
    problems = class_problems(Subgrupo.B, Origem.ART_5, *_classes(feito))
    if "subgrupo" in problems:
        problems = {"vendedor": problems["subgrupo"]}
    if closed := " ".join(ineligible(Caso(feito.contrato, feito.hoje))):
        problems.setdefault("vendedor", closed)
    periodos, wrong = _periods(feito, "maximos", cbr.reach(feito.contrato))
    refuse(problems | wrong)
    row = _keep(feito, Subgrupo.B, Origem.ART_5)
    registered(feito)
    note(feito.contrato, "cbr_registrado", by=feito.by, now=feito.now)
    if periodos:
        put_in_force(send(row, feito, feito.contrato.suprimento_inicio, periodos), feito)


def adjust(feito: Feito) -> None:
    """A whole copy of the amounts, with what the seller states in the place of what was there."""
    if feito.contrato.fluxos.filter(procedimento=REGISTRO, closed_at=None).exists():
        raise Conflict(RASCUNHO)
    row, dados = Cbr.objects.get(contrato=feito.contrato), feito.dados
    mes, whole = date.fromisoformat(dados["mes_referencia"]), cbr.reach(feito.contrato)
    one = dados.get("alcance") == "mes"
    alcance = Intervalo(max(mes, whole.de), min(whole.ate, month(mes, 1) - cbr.DIA) if one else whole.ate)
    problems = _month(mes, feito) or _mes_in(mes, whole)
    nome = "maximos" if row.origem == Cbr.Origem.ART_5 else "periodos"
    problems |= empty_problems(vazio=nome not in dados, sem_energia=dados.get("sem_energia") == "sim", um_mes=one)
    periodos, wrong = _periods(feito, nome, alcance)
    refuse(problems | wrong)
    before = cbr.in_force(row)
    everything = merge(cbr.periods(before) if before else (), periodos, alcance)
    versao = send(row, feito, mes, clip(everything, whole))
    _note(feito, "cbr_ajustado", versao, mes=f"{mes:%m/%Y}")


def _month(mes: date, feito: Feito) -> Problems:
    problem = month_problem(mes, feito.hoje, calendar())
    return {"mes_referencia": problem} if problem else {}


def _mes_in(mes: date, whole: Intervalo) -> Problems:
    if whole.de.replace(day=1) <= mes <= whole.ate:
        return {}
    return {"mes_referencia": f"Cláusula 3.30: o mês de referência tem de estar no suprimento, de {whole}."}


def _periods(feito: Feito, nome: str, alcance: Intervalo) -> tuple[list[Periodo], Problems]:
    periodos, problems = read(feito.dados.get(nome, ""))
    problems = problems or reach_problems(periodos, alcance)
    return periodos, {nome: " ".join(problems)} if problems else {}


def validate(feito: Feito) -> None:
    """Or given back, with the reason: the seller states it anew."""
    versao = VersaoDoCbr.objects.select_related("cbr").get(fluxo=feito.fluxo, situacao=Situacao.PENDENTE)
    if feito.resultado == "validado":
        put_in_force(versao, feito)
        _note(feito, "cbr_validado", versao, energia_mwh=f"{feito.contrato.energia_mwh:f}")
        return
    motivo = feito.dados.get("devolucao", "")
    refuse({"devolucao": "" if motivo else SEM_MOTIVO})
    versao.situacao = Situacao.DEVOLVIDA.value
    versao.save(update_fields=["situacao"])
    _note(feito, "cbr_devolvido", versao, motivo=motivo)


def lapse(feito: Feito) -> None:
    """Nothing of what waited counts; what was in force stays (3.28)."""
    for versao in VersaoDoCbr.objects.filter(fluxo=feito.fluxo, situacao=Situacao.PENDENTE):
        versao.situacao = Situacao.SEM_EFEITO.value
        versao.save(update_fields=["situacao"])
        _note(feito, "cbr_sem_efeito", versao)


def state_act(feito: Feito) -> None:
    """For the version that waits; for the registration where it has none yet (3.26)."""
    row, ato = Cbr.objects.get(contrato=feito.contrato), kept(feito)
    row.versoes.filter(situacao=Situacao.PENDENTE).update(ato=ato)
    if row.ato is None:
        row.ato = ato
        row.save(update_fields=["ato"])
    note(feito.contrato, "cbr_ato", by=feito.by, now=feito.now, ato=str(ato))


def _note(feito: Feito, tipo: str, versao: VersaoDoCbr, **dados: str) -> None:
    note(feito.contrato, tipo, by=feito.by, now=feito.now, versao_do_cbr=versao.numero, **dados)


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.REGISTRAR_CBR: register,
    Efeito.REGISTRAR_CBR_ART_5: register_art_5,
    Efeito.AJUSTAR_CBR: adjust,
    Efeito.VALIDAR_CBR: validate,
    Efeito.CADUCAR_CBR: lapse,
    Efeito.INFORMAR_ATO_DO_CBR: state_act,
}
