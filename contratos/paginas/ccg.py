"""The CCGs of a contract, which of them is in force, and its amendments with what gives them effect."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from contratos.domain.garantia import reais
from contratos.models import Aditamento, Ccg, Contrato
from contratos.paginas.linha_do_tempo import FluxoVisto
from contratos.paginas.palavras import Etiqueta, brazilian
from portal import clock

TONS = {Ccg.Situacao.EM_VIGOR: "ok", Ccg.Situacao.EM_ELABORACAO: "alerta"}
FALTA_CCG = (
    "Falta celebrar o CCG correspondente: até lá o aditamento não produz efeito (cláusula 3.95). "
    "O comprador pede o novo CCG em “Substituir CCG”; se o instrumento é outro, a CCEE o registra."
)


@dataclass(frozen=True, slots=True)
class CcgVisto:
    ccg: Ccg
    valor: str
    etiqueta: Etiqueta
    porque: str


@dataclass(frozen=True, slots=True)
class AditamentoVisto:
    aditamento: Aditamento
    ato: str
    etiqueta: Etiqueta
    porque: str


@dataclass(frozen=True, slots=True)
class Instrumentos:
    ccgs: list[CcgVisto]
    aditamentos: list[AditamentoVisto]

    @property
    def em_vigor(self) -> bool:
        return any(visto.ccg.situacao == Ccg.Situacao.EM_VIGOR for visto in self.ccgs)


def read(contrato: Contrato, fluxos: Iterable[FluxoVisto]) -> Instrumentos:
    """The latest first."""
    acts = {visto.fluxo.pk: _act(visto) for visto in fluxos}
    return Instrumentos(
        [_ccg(row) for row in contrato.ccgs.all()],
        [_amendment(row, acts.get(row.fluxo_id, "")) for row in contrato.aditamentos.select_related("ccg")],
    )


def _ccg(row: Ccg) -> CcgVisto:
    valor = reais(row.valor) if row.valor is not None else ""
    tom = TONS.get(Ccg.Situacao(row.situacao), "neutro")
    return CcgVisto(row, valor, Etiqueta(tom, row.get_situacao_display().lower()), _since(row))


def _since(row: Ccg) -> str:
    if row.celebrated_at is None:
        return ""
    revoked = f"; revogado em {_when(row.revoked_at)} pela celebração do seguinte" if row.revoked_at else ""
    return f"Celebrado em {_when(row.celebrated_at)}{revoked}."


def _amendment(row: Aditamento, ato: str) -> AditamentoVisto:
    if row.eficaz_em is None:
        return AditamentoVisto(row, ato, Etiqueta("alerta", "assinado sem eficácia"), FALTA_CCG)
    by = "com a celebração do CCG" if row.ccg else row.equivalente or "contrato sem CCG"
    return AditamentoVisto(row, ato, Etiqueta("ok", "eficaz"), f"Desde {_when(row.eficaz_em)}: {by}.")


def _act(visto: FluxoVisto) -> str:
    """As it was stated last; '' in a flow that states none."""
    stated = [p.row.evidencia for p in visto.passos if "ato_numero" in p.row.evidencia]
    return f"{stated[-1]['ato_tipo']} {stated[-1]['ato_numero']}" if stated else ""


def _when(instant: datetime) -> str:
    return f"{brazilian(clock.local_date(instant))} às {clock.local(instant):%H:%M}"
