"""A PROINFA contract registered: a distributor's, or that of a unit which migrated (3.38, 3.69)."""

from decimal import Decimal

from contratos import proinfa
from contratos.domain.contrato import Registro
from contratos.domain.montantes.exato import Recusado
from contratos.domain.montantes.proinfa import share_problem
from contratos.domain.proinfa import share
from contratos.models import Contrato, CotaDoProinfa, UnidadeConsumidora
from contratos.services.efeitos.feito import Feito
from contratos.services.situacao import lock, move
from contratos.services.trilha import note
from portal.agentes.models import Agente, Classe
from portal.kernel.errors import refuse

SEM_ACEP = (
    "Cláusula 3.38: quem vende a energia do PROINFA é o ACEP, e o portal não sabe quem ele é. Configure ACEP_CNPJ com "
    "o CNPJ de um agente cadastrado; então o registro é possível."
)
Erros = dict[str, str]


def register(feito: Feito) -> None:
    """Raises DomainError with everything that is wrong, by field."""
    contrato, acep = lock(feito.contrato), proinfa.acep()
    erros = {"vendedor": SEM_ACEP if acep is None else _seller_problem(contrato, acep)}
    cota = None
    if contrato.comprador is not None and contrato.comprador.classe == Classe.DISTRIBUIDOR:
        erros |= _distributor_problems(feito, contrato.comprador)
    else:
        cota = _of_unit(feito, erros)
    refuse(erros)
    if cota is not None:
        cota.save()
    move(contrato, Registro.REGISTRADO, by=feito.by, now=feito.now, registered_at=feito.now)
    note(contrato, "cota_registrada", by=feito.by, now=feito.now, unidade=cota.unidade.codigo if cota else "")


def _seller_problem(contrato: Contrato, acep: Agente) -> str:
    if contrato.vendedor_id == acep.pk:
        return ""
    return f"Cláusula 3.38: quem vende a energia do PROINFA é o ACEP, hoje {acep.sigla}."


def _distributor_problems(feito: Feito, distribuidora: Agente) -> Erros:
    erros, other = Erros(), proinfa.distributors(distribuidora)
    if "unidade_codigo" in feito.dados:
        erros["unidade_codigo"] = "Cláusula 3.38: a cota da distribuidora é da sua área; deixe a unidade em branco."
    if other is not None:
        erros["comprador"] = (
            f"Cláusula 3.38: {distribuidora.sigla} já tem a cota registrada no contrato {other.numero}."
        )
    return erros


def _of_unit(feito: Feito, erros: Erros) -> CotaDoProinfa | None:
    """Not saved. The unit's row is locked: of two registrations at once the second sees the first."""
    dados = feito.dados
    if "unidade_codigo" not in dados or "parcela" not in dados:
        missing = {nome: "Cláusula 3.38: informe." for nome in ("unidade_codigo", "parcela") if nome not in dados}
        erros |= missing
        return None
    codigo = dados["unidade_codigo"].upper()
    rows = UnidadeConsumidora.objects.select_for_update(of=("self",)).select_related("consumidor", "distribuidora")
    unidade = rows.filter(codigo=codigo).first()
    if unidade is None:
        erros["unidade_codigo"] = f"Cláusula 3.38: a unidade {codigo[:30]} não tem cadastro. A CCEE a cadastra antes."
        return None
    origem = proinfa.distributors(unidade.distribuidora)
    erros |= {
        "comprador": _holder_problem(feito, unidade),
        "unidade_codigo": _source_problem(feito.contrato, unidade, origem),
    }
    parcela = _share(dados["parcela"], erros)
    return CotaDoProinfa(contrato=feito.contrato, unidade=unidade, origem=origem, parcela=parcela) if origem else None


def _holder_problem(feito: Feito, unidade: UnidadeConsumidora) -> str:
    """3.69: of a quota holder that somebody represents, the contract is under whoever does."""
    comprador, cotista = feito.contrato.comprador, unidade.consumidor
    found = proinfa.representative(cotista, feito.hoje)
    if found is not None and comprador != found.representante:
        return (
            f"Cláusula 3.69: {cotista.sigla} é representado na CCEE por {found.representante.sigla} desde "
            f"{found.desde:%d/%m/%Y}; o contrato se registra para {found.representante.sigla}."
        )
    if found is None and comprador != cotista:
        return (
            f"Cláusula 3.69: a unidade {unidade.codigo} é de {cotista.sigla}, que não tem representante cadastrado: o "
            f"contrato é dele. Se alguém o representa, a CCEE cadastra antes a representação."
        )
    return ""


def _source_problem(contrato: Contrato, unidade: UnidadeConsumidora, origem: Contrato | None) -> str:
    live = CotaDoProinfa.objects.filter(unidade=unidade, contrato__registro__in=proinfa.VIGENTES).first()
    if live is not None:
        return f"Cláusula 3.38: a unidade {unidade.codigo} já tem cota, no contrato {live.contrato.numero}."
    sigla = unidade.distribuidora.sigla
    if origem is None:
        return (
            f"Cláusula 3.38: {sigla} não tem cota do PROINFA registrada, de onde viria a da unidade. Registre-a antes."
        )
    if contrato.suprimento_inicio < origem.suprimento_inicio or contrato.suprimento_fim > origem.suprimento_fim:
        return (
            f"Cláusula 3.38: a cota de {sigla}, de onde vem a da unidade, vai de {origem.suprimento_inicio:%d/%m/%Y} a "
            f"{origem.suprimento_fim:%d/%m/%Y} (contrato {origem.numero})."
        )
    return ""


def _share(percentual: str, erros: Erros) -> Decimal:
    try:
        parcela = share(Decimal(percentual))
        erros["parcela"] = share_problem(parcela)
    except Recusado as error:
        parcela, erros["parcela"] = Decimal(0), str(error)
    return parcela
