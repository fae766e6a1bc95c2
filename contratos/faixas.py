"""What the months of a year may be by the contract's rule, what is wrong with a table, what comes if nobody acts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.conf import settings

from contratos import montantes
from contratos.domain.montantes import disponibilidade, faixa, flat, perfil
from contratos.domain.montantes.exato import Recusado
from contratos.domain.sazonalizacao import PELAS_PARTES, Regra
from contratos.models import Contrato

Valores = Mapping[date, Decimal]
SEM_ANEXO = (
    "Cláusula 3.51: falta a disponibilidade mensal da usina do contrato {}, que consta do anexo I. A CCEE a registra "
    "em Disponibilidades declaradas; até lá nada é calculado."
)
DE_85_A_115 = frozenset({Regra.PARTES, Regra.PERFIL, Regra.AJUSTE})


def limits(contrato: Contrato, de_cada: montantes.Ano, regra: Regra) -> dict[date, faixa.Limites]:
    """By month, in MWh; nothing where its rule has no band, or what it hangs on is not known."""
    if regra is Regra.DISPONIBILIDADE:
        return disponibilidade.limits(declared(contrato, de_cada))
    return faixa.limits(de_cada.energia, de_cada.horas) if regra in DE_85_A_115 else {}


def problems(contrato: Contrato, de_cada: montantes.Ano, regra: Regra, valores: Valores) -> faixa.Problemas:
    """By month, and under None for the whole (3.48, 3.51, 3.59, 3.75)."""
    if regra is Regra.DISPONIBILIDADE:
        shape = declared(contrato, de_cada)
        return disponibilidade.problems(valores, shape) if shape else {None: SEM_ANEXO.format(contrato.numero)}
    clausula = PELAS_PARTES[regra].clausula if regra in PELAS_PARTES else "3.75"
    if regra in PELAS_PARTES and settings.SAZONALIZACAO_FAIXA_DAS_PARTES:
        return faixa.problems(valores, de_cada.energia, de_cada.horas, faixa.DE_85_A_115, clausula)
    found = faixa.form_problems(valores, de_cada.horas, clausula)
    total = "" if found else faixa.total_problem(valores, de_cada.energia, clausula)
    return found | ({None: total} if total else {})


def declared(contrato: Contrato, de_cada: montantes.Ano) -> dict[date, Decimal]:
    """MWh of each month of the plant, by annex I or what was declared since; nothing where that is not on file."""
    row = montantes.availability(contrato, de_cada.ano)
    return montantes.monthly(row, de_cada.horas) if row else {}


def fallback(contrato: Contrato, de_cada: montantes.Ano, regra: Regra) -> dict[date, Decimal]:
    """What CCEE will use; nothing where that cannot be known yet."""
    if regra in (Regra.FLAT, Regra.AJUSTE):
        return flat.distribute_by_hours(de_cada.energia, de_cada.horas)
    if regra is Regra.DISPONIBILIDADE:
        shape = declared(contrato, de_cada)
        return disponibilidade.split({0: de_cada.energia}, shape)[0] if shape else {}
    row = montantes.profiles(de_cada.ano).get(contrato.comprador_id or 0)
    if row is None or regra not in DE_85_A_115:
        return {}
    try:
        return perfil.distribute(de_cada.energia, de_cada.horas, montantes.monthly(row, de_cada.horas))
    except Recusado:
        return {}
