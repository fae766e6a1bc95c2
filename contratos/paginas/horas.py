"""A month by the hour as it stands, or as a table would make it: exact, for the page, the file and the API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from contratos import modulacao
from contratos.domain.andamento import Situacao
from contratos.domain.modulacao import Mes
from contratos.domain.montantes import grade
from contratos.domain.periodos import DIA, HORAS_DO_DIA
from contratos.models import Atividade, Contrato, Fluxo, Modulacao
from contratos.services.portoes import Caso, missing
from portal import clock
from portal.kernel.errors import NotFound

ENTRADA, VALIDACAO = "H1", "H2"
VISTAS = (Modulacao.Situacao.FINAL, Modulacao.Situacao.PROPOSTA)


@dataclass(frozen=True, slots=True)
class Hora:
    """MWh, which over one hour are MW too. `permitido_mwh`: the nearest that the limits allow, None where it fits."""

    hora: int
    inicio: datetime
    energia_mwh: Decimal
    na_falta_mwh: Decimal | None
    permitido_mwh: Decimal | None
    problema: str


@dataclass(frozen=True, slots=True)
class HorasDoMes:
    """`horas`: of the table that was tried if it could be read, else as they stand. `shown`: what was stated of them.

    `problemas`: of that table, None where none was tried; `por_hora`: those of single hours, the first ones.
    """

    contrato: Contrato
    mes: date
    do_mes: Mes
    horas: Sequence[Decimal]
    fluxo: Fluxo | None
    shown: Modulacao | None
    antes: list[Modulacao]
    problemas: list[str] | None = None
    por_hora: Mapping[int | None, str] = field(default_factory=dict)

    @property
    def situacao(self) -> str:
        return self.shown.situacao if self.shown else ""

    @property
    def aceita(self) -> bool | None:
        return None if self.problemas is None else not self.problemas

    @property
    def fora(self) -> list[int]:
        """Hours out of the limits of power."""
        limites = self.do_mes.potencia
        return [hora for hora, valor in enumerate(self.horas) if limites is not None and valor not in limites]

    @property
    def abertas(self) -> list[Atividade]:
        """What is open in its flow."""
        if self.fluxo is None:
            return []
        rows = self.fluxo.atividades.filter(situacao=Situacao.ABERTA.value, codigo__in=[ENTRADA, VALIDACAO])
        return list(rows.select_related("fluxo__contrato"))

    def impediments(self, *, now: datetime) -> list[str]:
        """What keeps the hours from being stated now, whoever asks."""
        if self.fluxo is None or self.fluxo.closed_at is not None:
            return []
        step = modulacao.first_step(self.fluxo)
        return missing(step.exige, Caso(self.contrato, clock.local_date(now), ancoras=self.fluxo.ancoras))

    def each(self) -> list[Hora]:
        zone, inicio, limites = ZoneInfo(settings.FUSO), self.do_mes.dias.de, self.do_mes.potencia
        fora, flat = set(self.fora), None if self.shown and self.shown.final_at else self.do_mes.flat()
        return [
            Hora(
                hora,
                datetime.combine(inicio + hora // HORAS_DO_DIA * DIA, time(hora % HORAS_DO_DIA), zone),
                valor,
                flat[hora] if flat else None,
                limites.nearest(valor) if limites and hora in fora else None,
                self.por_hora.get(hora, ""),
            )
            for hora, valor in enumerate(self.horas)
        ]


def read(contrato: Contrato, mes: date, *, tentado: str | None = None) -> HorasDoMes:
    """Raises NotFound for a month that has no hours to state. `tentado`: a table to try."""
    do_mes = _month(contrato, mes)
    rows = list(Modulacao.objects.filter(contrato=contrato, mes=mes))
    shown = next((row for row in rows if row.situacao in VISTAS), None)
    horas = modulacao.hours(shown) if shown else do_mes.flat()
    antes, fluxo = [row for row in rows if row is not shown], modulacao.flow(contrato, mes)
    if tentado is None:
        return HorasDoMes(contrato, mes, do_mes, horas, fluxo, shown, antes)
    leitura = grade.read_hours(tentado, do_mes.dias)
    if leitura.erros:
        return HorasDoMes(contrato, mes, do_mes, horas, fluxo, shown, antes, leitura.told)
    wrong = do_mes.problems(leitura.in_order)
    return HorasDoMes(contrato, mes, do_mes, leitura.in_order, fluxo, shown, antes, list(wrong.values()), wrong)


def _month(contrato: Contrato, mes: date) -> Mes:
    found = modulacao.of_month(contrato, mes) if contrato.tipo in modulacao.MODULADAS else None
    if found is None or not found.energia:
        raise NotFound(
            f"O contrato {contrato.numero} não tem horas a informar em {mes:%m/%Y}: o mês não tem suprimento, ou a "
            "energia dele ainda não foi definida."
        )
    return found
