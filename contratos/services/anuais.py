"""CCEE's own calculation of a contract's year: by the buyer's load profile (3.49, 3.50) or flat (3.52, 3.58)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contratos import montantes
from contratos.domain.montantes import faixa, flat, perfil
from contratos.domain.montantes.exato import Recusado
from contratos.domain.sazonalizacao import Calculo
from contratos.models import Contrato, Fluxo, Sazonalizacao
from contratos.services import finais
from portal.kernel.errors import DomainError


class SemPerfil(DomainError):
    """Nothing is calculated, and CCEE asks for the profile."""

    code, title = "sem-perfil-de-carga", "Falta o perfil de carga"


def by_profile(
    contrato: Contrato, ano: int, calculo: Calculo, *, by: str, now: datetime, fluxo: Fluxo | None = None
) -> Sazonalizacao:
    """Inside an act. Raises SemPerfil, Conflict where the year is final already."""
    de_cada, row = montantes.year(contrato, ano), montantes.profile(contrato, ano)
    sigla = contrato.nome_do_comprador
    if row is None:
        raise SemPerfil(
            f"Cláusula {calculo.clausula}: falta o perfil de carga de {sigla} para {ano}, que a distribuidora declara "
            "no SIMPLES. Peça-o e registre-o em Perfis de carga; até lá nada é calculado."
        )
    try:
        meses = perfil.distribute(de_cada.energia, de_cada.horas, montantes.weights(row, de_cada.horas))
    except Recusado as error:
        text = f"Cláusula {calculo.clausula}: {error} Corrija o perfil de carga de {sigla} para {ano}."
        raise SemPerfil(text) from error
    declared = {"unidade": row.unidade, "valores": row.valores, "fonte": row.fonte}
    entrada = inputs(de_cada, faixa=str(faixa.DE_85_A_115), perfil=declared)
    return finais.calculated(contrato, ano, meses, calculo, entrada=entrada, by=by, now=now, fluxo=fluxo)


def evenly(
    contrato: Contrato, ano: int, calculo: Calculo, *, by: str, now: datetime, fluxo: Fluxo | None = None
) -> Sazonalizacao:
    """Inside an act."""
    de_cada = montantes.year(contrato, ano)
    meses = flat.distribute_by_hours(de_cada.energia, de_cada.horas)
    return finais.calculated(contrato, ano, meses, calculo, entrada=inputs(de_cada), by=by, now=now, fluxo=fluxo)


def inputs(de_cada: montantes.Ano, **more: Any) -> Mapping[str, Any]:
    """What is kept beside a result, so that it can be made again."""
    horas = {mes.isoformat(): hours for mes, hours in de_cada.horas.items()}
    return {"energia_mwh": f"{de_cada.energia:f}", "horas": horas, **more}
