"""Years of a plant, from its seller or its annex I; of quotas; and the inflexibility of availability contracts.

(3.51 to 3.51.4, 3.53, 3.75)
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from contratos import faixas, montantes
from contratos.domain.montantes import disponibilidade, faixa, grade
from contratos.domain.procedimentos import Efeito
from contratos.domain.sazonalizacao import PELA_CCEE, PELO_DECLARADO, PELO_VENDEDOR, Calculo, Regra
from contratos.models import DisponibilidadeDeclarada, Inflexibilidade, Sazonalizacao
from contratos.services import anuais, finais
from contratos.services.efeitos.feito import Feito
from contratos.services.efeitos.sazonalizacao import CAMPO, year_of
from contratos.services.finais import DoAno
from contratos.services.trilha import note
from portal.kernel.errors import DomainError, refusal, refuse

Valores = Mapping[date, Decimal]
SEM_ALTERACAO = (
    "Cláusula 3.51.3: diga qual característica técnica da usina mudou, e por qual ato. Sem alteração técnica valem os "
    "valores do anexo I do contrato."
)


def by_seller(feito: Feito) -> None:
    """One profile for the plant, over all its contracts of the product (3.51.2)."""
    ano = year_of(feito)
    perfil = _read(feito)
    _, row = _declared(feito, ano)
    de_cada = montantes.year(feito.contrato, ano)
    refuse({CAMPO: list(faixas.problems(feito.contrato, de_cada, Regra.DISPONIBILIDADE, perfil).values())})
    _write(feito, ano, perfil, PELO_VENDEDOR, row)


def as_declared(feito: Feito) -> None:
    """The seller was silent (3.51.1)."""
    ano = year_of(feito)
    declarada, row = _declared(feito, ano)
    _write(feito, ano, declarada, PELO_DECLARADO, row)


def _declared(feito: Feito, ano: int) -> tuple[dict[date, Decimal], DisponibilidadeDeclarada]:
    """MWh of each month of the plant, and the row that says so."""
    row = montantes.availability(feito.contrato, ano)
    if row is None:
        raise DomainError(faixas.SEM_ANEXO.format(feito.contrato.numero))
    return montantes.monthly(row, montantes.year(feito.contrato, ano).horas), row


def _write(feito: Feito, ano: int, perfil: Valores, calculo: Calculo, row: DisponibilidadeDeclarada) -> None:
    anos = []
    for contrato in montantes.same_plant(feito.contrato, ano):
        finais.require_none(contrato, ano)
        de_cada = montantes.year(contrato, ano)
        own = {mes: perfil[mes] for mes in de_cada.horas}
        meses = disponibilidade.split({contrato.pk: de_cada.energia}, own)[contrato.pk]
        declared = {"unidade": row.unidade, "valores": row.valores, "desde_ano": row.desde_ano}
        entrada = anuais.inputs(de_cada, perfil=montantes.as_text(perfil), declarada=declared)
        anos.append(DoAno(contrato, ano, meses, calculo, entrada, feito.fluxo))
    finais.write_final(anos, by=feito.by, now=feito.now)


def declare(feito: Feito) -> None:
    """For the next year that is not set yet: what is set stays (3.51.4)."""
    contrato, dados = feito.contrato, feito.dados
    if montantes.rule(contrato) is not Regra.DISPONIBILIDADE or contrato.outorga is None:
        raise DomainError("Cláusula 3.51.3: só a usina de contrato sazonalizado pela disponibilidade declara outra.")
    alteracao = dados.get("alteracao_tecnica", "")
    refuse({"alteracao_tecnica": "" if alteracao else SEM_ALTERACAO})
    key = {"outorga": contrato.outorga, "produto": contrato.produto, "desde_ano": _next_year(feito)}
    row = DisponibilidadeDeclarada.objects.filter(**key).first() or DisponibilidadeDeclarada(**key)
    antes, row.unidade = row.valores, DisponibilidadeDeclarada.Unidade.MWMED
    row.valores = [line.strip().replace(",", ".") for line in dados["valores"].splitlines()]
    row.alteracao = alteracao[:300]
    try:
        row.full_clean()
    except ValidationError as error:
        refuse(error.message_dict)
    row.save()
    told = {"desde_ano": row.desde_ano, "alteracao": row.alteracao, "valores": row.valores, "antes": antes}
    note(contrato, "disponibilidade_declarada", by=feito.by, now=feito.now, **told)


def _next_year(feito: Feito) -> int:
    """The civil year after this one, or after the last that is set."""
    last = Sazonalizacao.objects.filter(contrato=feito.contrato, situacao=Sazonalizacao.Situacao.FINAL)
    done = last.order_by("-ano").values_list("ano", flat=True).first() or 0
    return max(feito.hoje.year, done) + 1


def inform_inflexibility(feito: Feito) -> None:
    """Twelve values where the contract has a CVU; none where it has not (3.53)."""
    ano, cvu, table = year_of(feito), Decimal(feito.dados["cvu"]), feito.dados.get(CAMPO, "")
    if not cvu and table:
        raise refusal(CAMPO, "Cláusula 3.53: com CVU zero não há inflexibilidade a informar. Deixe os meses em branco.")
    meses: Valores = _read(feito) if cvu else {}
    horas = montantes.year(feito.contrato, ano).horas
    refuse({CAMPO: list(faixa.form_problems(meses, horas, "3.53").values()) if cvu else []})
    stated = {"ano": ano, "cvu": cvu, "meses": montantes.as_text(meses)}
    Inflexibilidade.objects.create(contrato=feito.contrato, fluxo=feito.fluxo, informed_at=feito.now, **stated)
    told = stated | {"cvu": f"{cvu:f}"}
    note(feito.contrato, "inflexibilidade_informada", by=feito.by, now=feito.now, **told)


def of_quotas(feito: Feito) -> None:
    """As the trading rules have it: the total is kept, and CCEE states the months (3.75)."""
    ano, contrato = year_of(feito), feito.contrato
    meses = _read(feito)
    de_cada = montantes.year(contrato, ano)
    refuse({CAMPO: list(faixas.problems(contrato, de_cada, Regra.COTAS, meses).values())})
    finais.require_none(contrato, ano)
    entrada = anuais.inputs(de_cada)
    finais.write_final([DoAno(contrato, ano, meses, PELA_CCEE, entrada, feito.fluxo)], by=feito.by, now=feito.now)


def _read(feito: Feito) -> dict[date, Decimal]:
    leitura = grade.read_months(feito.dados.get(CAMPO, ""))
    refuse({CAMPO: leitura.told})
    return leitura.valores


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.SAZONALIZAR_USINA: by_seller,
    Efeito.SAZONALIZAR_PELO_DECLARADO: as_declared,
    Efeito.DECLARAR_DISPONIBILIDADE: declare,
    Efeito.INFORMAR_INFLEXIBILIDADE: inform_inflexibility,
    Efeito.SAZONALIZAR_COTAS: of_quotas,
}
