"""3.35: the CBRs registered by the end of a year, with what was stated of each and what it had in that year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contratos.domain.acordo import Intervalo
from contratos.domain.periodos import Periodo, clip, energy, mean
from contratos.domain.relatorios.fatos import Quem
from contratos.domain.relatorios.folha import Celula, Ficha, Relatorio
from portal.kernel.cnpj import mask

CODIGO, CLAUSULA, TITULO = "cbrs", "3.35", "CBRs registrados"
PARAMETROS = ("Subgrupo", "Origem", "Modulação", "Mesmo grupo econômico", "Parcela de usina", "Ato da ANEEL")
COLUNAS = (
    "Contrato",
    "Vendedor",
    "CNPJ do vendedor",
    "Comprador",
    "CNPJ do comprador",
    *PARAMETROS,
    "Início do suprimento",
    "Fim do suprimento",
    "Registrado em",
    "Versão",
    "Períodos no ano",
    "Energia no ano (MWh)",
    "Montante no ano (MWmédio)",
    "Primeiro dia sem energia",
    "Inválido desde",
)
VAZIO = "Nenhum CBR com suprimento nesse ano estava registrado no fim dele."


@dataclass(frozen=True, slots=True)
class Registrado:
    """One CBR as it was at the end of the day. `horario`: its periods are maxima of each hour (3.28.2)."""

    numero: str
    vendedor: Quem
    comprador: Quem
    parametros: tuple[str, ...]
    suprimento: Intervalo
    registrado: date
    versao: int | None
    periodos: tuple[Periodo, ...]
    horario: bool = False
    finalizado: date | None = None
    invalido: date | None = None

    @property
    def contados(self) -> list[Periodo]:
        """Nothing of an invalid one, nor after its first day without energy."""
        if self.invalido is not None:
            return []
        ate = self.suprimento.ate if self.finalizado is None else date.fromordinal(self.finalizado.toordinal() - 1)
        return clip(self.periodos, Intervalo(self.suprimento.de, ate))

    def state(self, em: date) -> tuple[str, str]:
        if self.invalido is not None:
            return "Inválido", "erro"
        if self.finalizado is not None and self.finalizado <= em:
            return "Finalizado", "neutro"
        return "Registrado", "ok"


def write(cbrs: Iterable[Registrado], ano: int, em: date, prazo: date | None) -> Relatorio:
    year = Intervalo(date(ano, 1, 1), date(ano, 12, 31))
    rows = list(cbrs)
    total = sum((energy(clip(each.contados, year)) for each in rows if not each.horario), start=energy(()))
    resumo: tuple[tuple[str, Celula], ...] = (
        ("CBRs", len(rows)),
        (f"Energia em {ano} (MWh)", total),
        ("Relatório à ANEEL até", prazo),
    )
    return Relatorio(CODIGO, CLAUSULA, TITULO, em, COLUNAS, resumo, tuple(_of(each, year, em) for each in rows), VAZIO)


def _of(cbr: Registrado, year: Intervalo, em: date) -> Ficha:
    shown = clip(cbr.contados, year)
    unit = "MWh por hora" if cbr.horario else "MWmédio"
    energia = energy(shown)
    cells: tuple[Celula, ...] = (
        cbr.numero,
        cbr.vendedor.sigla,
        mask(cbr.vendedor.cnpj),
        cbr.comprador.sigla,
        mask(cbr.comprador.cnpj),
        *cbr.parametros,
        cbr.suprimento.de,
        cbr.suprimento.ate,
        cbr.registrado,
        cbr.versao,
        "; ".join(f"{each}: {each.montante:f} {unit}".replace(".", ",") for each in shown),
        None if cbr.horario else energia,
        None if cbr.horario else mean(energia, year),
        cbr.finalizado,
        cbr.invalido,
    )
    estado, tom = cbr.state(em)
    return Ficha(cbr.numero, estado, tom, dict(zip(COLUNAS, cells, strict=True)))
