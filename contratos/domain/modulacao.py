"""A month to be spread over its hours: within what, and what is kept where nobody does (3.60 to 3.62, 3.78)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contratos.domain.acordo import Intervalo
from contratos.domain.contrato import Especie
from contratos.domain.montantes import modulacao
from contratos.domain.montantes.celulas import CelulaErrada, amount
from contratos.domain.montantes.meses import hours_in
from contratos.domain.montantes.modulacao import Potencia, Problemas
from contratos.domain.periodos import HORAS_DO_DIA, NaoFecha, Periodo, clip, energy
from contratos.domain.prazos import due_date, parse
from contratos.domain.sazonalizacao import Calculo, Origem
from portal.kernel.business_days import Calendario

PELAS_PARTES = {Especie.CA: Calculo(Origem.PARTES, "3.60"), Especie.CBR: Calculo(Origem.PARTES, "3.78.1")}
PELO_FLAT = {Especie.CA: Calculo(Origem.FLAT, "3.61"), Especie.CBR: Calculo(Origem.FLAT, "3.78.2")}
ORIGENS = {Origem.PARTES: "Combinada entre as partes", Origem.FLAT: "Flat, calculada pelo portal"}
PRAZO_DO_PERCENTUAL = "MS+8du"
CEM = Decimal(100)
SEM_POTENCIA = (
    "Cláusulas 3.60 e 3.62: falta a potência associada do contrato, que limita cada hora. A CCEE a registra em "
    "Potências dos contratos; até lá não há como modular."
)


@dataclass(frozen=True, slots=True)
class MesDeCa:
    """Of an adjustment contract. `dias`: those with supply; `potencia` None: CCEE has not stated it yet."""

    dias: Intervalo
    energia: Decimal
    potencia: Potencia | None

    @property
    def horas(self) -> int:
        return hours_in(self.dias)

    def flat(self) -> list[Decimal]:
        return modulacao.flat(self.energia, self.horas)

    def flat_problem(self) -> str:
        """'' where flat, which asks nobody, keeps to the limits, or none are known."""
        if self.potencia is None:
            return ""
        return modulacao.flat_problem(self.energia, self.horas, self.potencia, self.dias.de.replace(day=1))

    def problems(self, horas: Sequence[Decimal]) -> Problemas:
        """By hour, None for the whole."""
        if self.potencia is None:
            return {None: SEM_POTENCIA}
        return modulacao.problems(horas, self.energia, self.potencia, self.dias)

    def settled(self, horas: Sequence[Decimal]) -> list[Decimal]:
        """What is kept of hours without problems: they themselves."""
        return list(horas)

    def inputs(self) -> dict[str, str]:
        """Beside the result, so that it can be made again."""
        told = {"energia_mwh": f"{self.energia:f}", "de": self.dias.de.isoformat(), "ate": self.dias.ate.isoformat()}
        if self.potencia is not None:
            told |= {"potencia_min_mw": f"{self.potencia.minima:f}", "potencia_max_mw": f"{self.potencia.maxima:f}"}
        return told


@dataclass(frozen=True, slots=True)
class MesDeCbr:
    """Of a bilateral contract within one group. `periodos`: as in force, of any reach. No limits of power."""

    dias: Intervalo
    periodos: tuple[Periodo, ...]
    potencia: None = None

    @property
    def horas(self) -> int:
        return hours_in(self.dias)

    @property
    def energia(self) -> Decimal:
        return energy(clip(self.periodos, self.dias))

    def flat(self) -> list[Decimal]:
        """Each hour as its period has it, which is exact; none where there is no period."""
        found = [Decimal(0)] * self.horas
        for periodo in clip(self.periodos, self.dias):
            first = (periodo.inicio - self.dias.de).days * HORAS_DO_DIA
            found[first : first + periodo.horas] = [periodo.montante] * periodo.horas
        return found

    def flat_problem(self) -> str:
        return ""

    def problems(self, horas: Sequence[Decimal]) -> Problemas:
        try:
            self.settled(horas)
        except NaoFecha as error:
            return {None: str(error)}
        return {}

    def settled(self, horas: Sequence[Decimal]) -> list[Decimal]:
        """What rounding explains goes to the first hour of its period (3.31). Raises NaoFecha."""
        return modulacao.ex_ante(self.periodos, horas, self.dias)

    def inputs(self) -> dict[str, str]:
        periods = "; ".join(f"{each}: {each.montante:f}" for each in clip(self.periodos, self.dias))
        return {"periodos": periods, "de": self.dias.de.isoformat(), "ate": self.dias.ate.isoformat()}


Mes = MesDeCa | MesDeCbr


def read_percent(texto: str) -> Decimal:
    """Raises CelulaErrada with what is required (3.54)."""
    try:
        found = amount(texto.strip().removesuffix("%").strip())
    except CelulaErrada as error:
        raise CelulaErrada(
            f"Cláusula 3.54: o percentual vai de 0 a 100, como 37,5, com vírgula decimal e até 6 casas; {error}"
        ) from error
    if found > CEM:
        raise CelulaErrada(
            f"Cláusula 3.54: o percentual da geração vai de 0 a 100, e foi informado {texto.strip()}. O maior possível "
            "é 100: toda a geração da parcela do ambiente livre."
        )
    return found


def percent_deadline(mes: date, calendario: Calendario) -> date:
    found = due_date(parse(PRAZO_DO_PERCENTUAL), {"MS": mes}, calendario)
    assert found is not None  # noqa: S101 - the expression is not N.A.
    return found


def percent_month_problem(mes: date, suprimento: Intervalo, hoje: date, calendario: Calendario) -> str:
    """'' where what is stated on that day still counts for that month."""
    if not suprimento.de.replace(day=1) <= mes <= suprimento.ate:
        return f"Cláusula 3.54: o mês tem de estar no suprimento, de {suprimento}; foi informado {mes:%m/%Y}."
    limite = percent_deadline(mes, calendario)
    if hoje <= limite:
        return ""
    return (
        f"Cláusula 3.54: para {mes:%m/%Y} o percentual podia ser informado até {limite:%d/%m/%Y} "
        f"({PRAZO_DO_PERCENTUAL}). O mês fica como está; o próximo aberto ainda pode ser informado."
    )
