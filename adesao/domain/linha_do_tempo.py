"""Where the bars of "Quando os certificados valem" go. Pure; positions are percentages ready for an SVG attribute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

ANTES, DEPOIS = timedelta(days=60), timedelta(days=90)
ALTURA_DA_FAIXA, TOPO, BASE = 28, 24, 26  # pixels
CABEM_NO_CELULAR = 48.0  # percent of 300 pixels that "sem certificado válido" takes
ENTRE_DATAS = 16.0  # percent; closer dates would overlap on a phone


@dataclass(frozen=True, slots=True)
class Validade:
    nome: str
    desde: datetime
    ate: datetime


@dataclass(frozen=True, slots=True)
class Faixa:
    """`tom`: valida, vencida or futura. `y` in pixels."""

    nome: str
    tom: str
    x: str
    largura: str
    y: int


@dataclass(frozen=True, slots=True)
class Lacuna:
    """A time without any valid certificate. `palavras`: "" where words have no room, "so-largo" on a phone only."""

    x: str
    largura: str
    palavras: str


@dataclass(frozen=True, slots=True)
class Marca:
    x: str
    texto: str
    ancora: str


@dataclass(frozen=True, slots=True)
class LinhaDoTempo:
    """`cobertura`: until when there is a valid certificate without interruption; None when there is none at `now`."""

    faixas: tuple[Faixa, ...]
    lacunas: tuple[Lacuna, ...]
    marcas: tuple[Marca, ...]
    hoje: str
    eixo: int
    altura: int
    cobertura: datetime | None


@dataclass(frozen=True, slots=True)
class _Janela:
    inicio: datetime
    fim: datetime

    def at(self, instant: datetime) -> float:
        share = (instant - self.inicio) / (self.fim - self.inicio) * 100
        return min(max(share, 0.0), 100.0)


def draw(validades: Sequence[Validade], *, now: datetime, tz: tzinfo) -> LinhaDoTempo:
    ends = [validade.ate for validade in validades]
    janela = _Janela(now - ANTES, max([now, *ends]) + DEPOIS)
    eixo = TOPO + ALTURA_DA_FAIXA * max(len(validades), 1) + 6
    return LinhaDoTempo(
        faixas=tuple(_faixa(validade, row, janela, now) for row, validade in enumerate(validades)),
        lacunas=tuple(_lacuna(*gap, janela) for gap in _gaps(validades, now, janela.fim)),
        marcas=_marcas(ends, janela, tz),
        hoje=_percent(janela.at(now)),
        eixo=eixo,
        altura=eixo + BASE,
        cobertura=_coverage(validades, now),
    )


def _faixa(validade: Validade, row: int, janela: _Janela, now: datetime) -> Faixa:
    start, end = janela.at(validade.desde), janela.at(validade.ate)
    tom = "vencida" if validade.ate < now else "futura" if validade.desde > now else "valida"
    return Faixa(validade.nome, tom, _percent(start), _percent(end - start), TOPO + ALTURA_DA_FAIXA * row)


def _gaps(validades: Sequence[Validade], now: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    gaps, covered = [], now
    for validade in sorted(validades, key=lambda validade: validade.desde):
        if validade.desde > covered:
            gaps.append((covered, validade.desde))
        covered = max(covered, validade.ate)
    return [*gaps, (covered, end)]


def _coverage(validades: Sequence[Validade], now: datetime) -> datetime | None:
    covered = now
    for validade in sorted(validades, key=lambda validade: validade.desde):
        if validade.desde <= covered:
            covered = max(covered, validade.ate)
    return covered if covered > now else None


def _lacuna(start: datetime, end: datetime, janela: _Janela) -> Lacuna:
    x, width = janela.at(start), janela.at(end) - janela.at(start)
    palavras = "sempre" if width > CABEM_NO_CELULAR else "so-largo" if width > ENTRE_DATAS else ""
    return Lacuna(_percent(x), _percent(width), palavras)


def _marcas(ends: Sequence[datetime], janela: _Janela, tz: tzinfo) -> tuple[Marca, ...]:
    marcas: list[Marca] = []
    last = -ENTRE_DATAS
    for end in sorted(ends):
        x = janela.at(end)
        if x - last >= ENTRE_DATAS:
            ancora = "start" if x < ENTRE_DATAS / 2 else "middle"
            marcas.append(Marca(_percent(x), f"{end.astimezone(tz):%d/%m/%Y}", ancora))
            last = x
    return tuple(marcas)


def _percent(share: float) -> str:
    return f"{share:.2f}%"
