"""Successions: as they are stated, and their effect. The side passes, or a new contract takes the place of this one."""

from collections.abc import Callable, Mapping
from datetime import date

from contratos.domain.procedimentos import Efeito, Exigencia
from contratos.domain.procedimentos.sucessao import GARANTIA_DE_SUCESSAO
from contratos.domain.sucessao import Proposta, date_problems
from contratos.models import Contrato, Fluxo, Sucessao
from contratos.services import herdeiros, portoes
from contratos.services.aberturas import start
from contratos.services.ancoras import move_anchors
from contratos.services.efeitos.feito import Feito
from contratos.services.empresas import company
from contratos.services.situacao import lock
from portal.agentes.models import Agente
from portal.auditoria.services import Fato, record_all
from portal.kernel.errors import Conflict, refusal, refuse


def state(feito: Feito) -> None:
    """Again with each round: what was stated last counts."""
    dados, contrato = feito.dados, feito.contrato
    others = Fluxo.objects.filter(contrato=contrato, procedimento=feito.fluxo.procedimento, closed_at=None)
    if others.exclude(pk=feito.fluxo.pk).exists():
        raise Conflict("Já há uma sucessão em andamento neste contrato. Conclua-a ou cancele-a.")
    proposta = _proposal(dados)
    if proposta.distrato:
        portoes.require((Exigencia.NAO_SUSPENSO,), portoes.Caso(contrato, feito.hoje))
    _require_dates(proposta, contrato)
    sucedida, sucessora = _sides(contrato, dados)
    terms = {
        "contrato": contrato,
        "tipo": dados["sucessao_tipo"],
        "sucedida": sucedida,
        "sucessora": sucessora,
        "efeito_em": proposta.efeito_em,
        "fim": proposta.fim,
        "muda_titularidade": dados["muda_titularidade"] == "sim",
    }
    Sucessao.objects.update_or_create(fluxo=feito.fluxo, defaults=terms)
    feito.fluxo.sucessora = sucessora
    feito.fluxo.save(update_fields=["sucessora"])
    ancoras = {"L": date.fromisoformat(dados["ato_publicado_em"]), "S": proposta.efeito_em}
    move_anchors(feito.fluxo, ancoras, by=feito.by, now=feito.now)


def _proposal(dados: Mapping[str, str]) -> Proposta:
    days = (date.fromisoformat(dados[nome]) if nome in dados else None for nome in ("novo_inicio", "novo_fim"))
    distrato = dados["sucessao_tipo"] == Sucessao.Tipo.DISTRATO
    return Proposta(distrato, date.fromisoformat(dados["efeito_em"]), *days)


def _require_dates(proposta: Proposta, contrato: Contrato) -> None:
    refuse(date_problems(proposta, herdeiros.original(contrato, proposta.efeito_em)))


def _sides(contrato: Contrato, dados: Mapping[str, str]) -> tuple[Agente, Agente]:
    sucedida = contrato.vendedor if dados["sucedida"] == "vendedor" else contrato.comprador
    if sucedida is None:
        raise refusal("sucedida", "O comprador de um CER é a CCEE, que não se sucede: só o vendedor pode ser sucedido.")
    sucessora = company(dados, "sucessora")
    if sucessora in contrato.partes:
        text = f"{sucessora.sigla} já é parte do contrato: a sucessora tem de ser outra empresa (cláusula 3.86)."
        raise refusal("sucessora", text)
    return sucedida, sucessora


def take_effect(feito: Feito) -> None:
    """Rights, duties and what is open pass to the successor (3.87)."""
    sucessao = Sucessao.objects.select_related("sucedida", "sucessora").get(fluxo=feito.fluxo)
    contrato = lock(feito.contrato)
    before = contrato.partes
    if sucessao.tipo == Sucessao.Tipo.DISTRATO:
        portoes.require((Exigencia.NAO_SUSPENSO,), portoes.Caso(contrato, feito.hoje))
        _require_dates(Proposta(True, sucessao.efeito_em, sucessao.efeito_em, sucessao.fim), contrato)
        herdeiro = sucessao.novo = herdeiros.replace_contract(contrato, sucessao, by=feito.by, now=feito.now)
    else:
        herdeiro = herdeiros.pass_side(contrato, sucessao)
    sucessao.effected_at = feito.now
    sucessao.save(update_fields=["effected_at", "novo"])
    _tell(sucessao, contrato, herdeiro, before, feito)
    if sucessao.muda_titularidade:
        start(herdeiro, GARANTIA_DE_SUCESSAO.codigo, by=feito.by, now=feito.now)


def _tell(sucessao: Sucessao, contrato: Contrato, herdeiro: Contrato, before: list[Agente], feito: Feito) -> None:
    """Both sides as they were in the contract's own trail; the successor in that of the contract which it is in now."""
    dados = {
        "tipo": sucessao.get_tipo_display(),
        "sucedida": sucessao.sucedida.sigla,
        "sucessora": sucessao.sucessora.sigla,
        "com_efeito_em": sucessao.efeito_em.isoformat(),
        "contrato": herdeiro.numero,
    }
    told = [Fato("contrato.sucessao_efetivada", each.cnpj, f"contrato {contrato.numero}", dados) for each in before]
    took = Fato("contrato.sucessao_assumida", sucessao.sucessora.cnpj, f"contrato {herdeiro.numero}", dados)
    record_all([*told, took], at=feito.now, ator=feito.by)


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.REGISTRAR_SUCESSAO: state,
    Efeito.EFETIVAR_SUCESSAO: take_effect,
}
