"""CCEE's own calculation of a contract's year: by the buyer's load profile (3.49, 3.50) or flat (3.52, 3.58)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from contratos import montantes
from contratos.domain.montantes import faixa, flat, perfil
from contratos.domain.montantes.exato import Recusado
from contratos.domain.sazonalizacao import Calculo, Origem
from contratos.models import Contrato, PerfilDeCarga
from portal.kernel.errors import DomainError

Meses = dict[date, Decimal]


class SemPerfil(DomainError):
    """Nothing is calculated, and CCEE asks for the profile."""

    code, title = "sem-perfil-de-carga", "Falta o perfil de carga"


@dataclass(frozen=True, slots=True)
class Pergunta:
    """What a year is worked out from: `pesos`, MWh of load by month, or None for flat. `entrada` is kept with it."""

    contrato: Contrato
    de_cada: montantes.Ano
    calculo: Calculo
    pesos: Mapping[date, Decimal] | None
    entrada: Mapping[str, Any]

    def refused(self, why: object) -> SemPerfil:
        sigla, ano = self.contrato.nome_do_comprador, self.de_cada.ano
        return SemPerfil(f"Cláusula {self.calculo.clausula}: {why} Corrija o perfil de carga de {sigla} para {ano}.")


def ask(contrato: Contrato, de_cada: montantes.Ano, calculo: Calculo, perfis: Mapping[int, PerfilDeCarga]) -> Pergunta:
    """`perfis` of that year, by buyer. Raises SemPerfil."""
    if calculo.origem is Origem.FLAT:
        return Pergunta(contrato, de_cada, calculo, None, inputs(de_cada))
    row = perfis.get(contrato.comprador_id or 0)
    if row is None:
        raise SemPerfil(
            f"Cláusula {calculo.clausula}: falta o perfil de carga de {contrato.nome_do_comprador} para {de_cada.ano}, "
            "que a distribuidora declara no SIMPLES. Peça-o e registre-o em Perfis de carga; até lá nada é calculado."
        )
    declared = {"unidade": row.unidade, "valores": row.valores, "fonte": row.fonte}
    entrada = inputs(de_cada, faixa=str(faixa.DE_85_A_115), perfil=declared)
    return Pergunta(contrato, de_cada, calculo, montantes.monthly(row, de_cada.horas), entrada)


def answer(pergunta: Pergunta) -> Meses:
    """MWh by month. Raises SemPerfil for a profile that cannot be followed."""
    de_cada = pergunta.de_cada
    if pergunta.pesos is None:
        return flat.distribute_by_hours(de_cada.energia, de_cada.horas)
    try:
        return perfil.distribute(de_cada.energia, de_cada.horas, pergunta.pesos)
    except Recusado as error:
        raise pergunta.refused(error) from error


def answer_all(perguntas: Iterable[Pergunta]) -> Iterator[tuple[Pergunta, Meses, str]]:
    """The same for very many, to the same last decimal: in their order, the months or why there are none."""
    from contratos.domain.montantes import corrida  # noqa: PLC0415 - NumPy is for runs; no page waits for it to load

    rows = list(perguntas)
    cases = (corrida.Caso(at, each.de_cada.energia, each.de_cada.horas, each.pesos) for at, each in enumerate(rows))
    for pergunta, resposta in zip(rows, corrida.distribute(cases), strict=True):
        yield pergunta, resposta.energias, pergunta.refused(resposta.recusa).detail if resposta.recusa else ""


def inputs(de_cada: montantes.Ano, **more: Any) -> Mapping[str, Any]:
    """What is kept beside a result, so that it can be made again."""
    horas = {mes.isoformat(): hours for mes, hours in de_cada.horas.items()}
    return {"energia_mwh": f"{de_cada.energia:f}", "horas": horas, **more}
