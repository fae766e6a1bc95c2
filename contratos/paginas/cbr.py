"""What the page of a CBR shows of its registration: what was stated, every version of its amounts, and what counts."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from contratos import cbr
from contratos.domain.contrato import Especie, Registro
from contratos.domain.periodos import HORAS_DO_DIA
from contratos.domain.procedimentos import DO_CBR
from contratos.models import Cbr, Contrato, PeriodoDoCbr, VersaoDoCbr
from contratos.paginas.palavras import Etiqueta, brazilian, decimal

POR_CODIGO = {procedimento.codigo: procedimento for procedimento in DO_CBR}
REGISTRO, AJUSTE, MAXIMOS, ATO, INVALIDADE = (
    POR_CODIGO[codigo] for codigo in ("cbr_registro", "cbr_ajuste", "cbr_maximos", "cbr_ato", "cbr_invalidade")
)
VIVOS = (Registro.NAO_REGISTRADO, Registro.REGISTRADO, Registro.SUSPENSO)
TONS = {
    VersaoDoCbr.Situacao.PENDENTE: "alerta",
    VersaoDoCbr.Situacao.VALIDADA: "ok",
    VersaoDoCbr.Situacao.SEM_EFEITO: "erro",
    VersaoDoCbr.Situacao.DEVOLVIDA: "erro",
}


@dataclass(frozen=True, slots=True)
class VersaoVista:
    versao: VersaoDoCbr
    etiqueta: Etiqueta
    ato: str
    periodos: list[tuple[str, str, str]]  # days, amount, energy
    aberta: bool


def of(contrato: Contrato) -> Cbr | None:
    """None for a contract of another kind, or of which nothing was sent yet."""
    return cbr.of(contrato) if contrato.tipo is Especie.CBR else None


def read(contrato: Contrato, row: Cbr | None) -> dict[str, Any] | None:
    if row is None:
        return None
    lines = Prefetch("periodos", PeriodoDoCbr.objects.order_by("inicio"))
    versoes = [_version(each) for each in row.versoes.select_related("ato").prefetch_related(lines)]
    return {
        "cbr": row,
        "dados": _facts(row, contrato),
        "versoes": versoes,
        "unidade": "MWh por hora" if row.origem == Cbr.Origem.ART_5 else "MWmédio",
    }


def _facts(row: Cbr, contrato: Contrato) -> list[tuple[str, str]]:
    found = [
        ("Subgrupo", row.get_subgrupo_display()),
        ("Origem", row.get_origem_display()),
        ("Modulação", row.get_modulacao_display()),
        ("Mesmo grupo econômico", "sim" if row.mesmo_grupo else "não"),
        ("Parcela de usina", row.parcela_usina),
        ("Ato da ANEEL", str(row.ato) if row.ato else ""),
        ("Primeiro dia sem energia", brazilian(contrato.cessa_em) if contrato.cessa_em else ""),
    ]
    return [(nome, value) for nome, value in found if value]


def _version(versao: VersaoDoCbr) -> VersaoVista:
    situacao = VersaoDoCbr.Situacao(versao.situacao)
    periodos = [_period(each) for each in versao.periodos.all()]
    shown = situacao in (VersaoDoCbr.Situacao.PENDENTE, VersaoDoCbr.Situacao.VALIDADA)
    etiqueta = Etiqueta(TONS.get(situacao, "neutro"), situacao.label)
    return VersaoVista(versao, etiqueta, str(versao.ato) if versao.ato else "", periodos, shown)


def _period(row: PeriodoDoCbr) -> tuple[str, str, str]:
    days = f"{brazilian(row.inicio)} a {brazilian(row.fim)}"
    if row.montante_mwmed is None:
        return days, decimal(row.maximo_mwh, 6) if row.maximo_mwh else "", ""
    hours = ((row.fim - row.inicio).days + 1) * HORAS_DO_DIA
    return days, decimal(row.montante_mwmed, 6), decimal(row.montante_mwmed * hours, 6)


def out_of_season(contrato: Contrato, row: Cbr | None, abertos: Collection[str]) -> frozenset[str]:
    """The codes of what cannot be asked for on this CBR as it stands. `abertos`: the procedures under way."""
    if row is None or row.invalido_em is not None:
        return frozenset(POR_CODIGO)
    if Registro(contrato.registro) not in VIVOS:
        return frozenset(POR_CODIGO) - {INVALIDADE.codigo}
    off = {AJUSTE.codigo, ATO.codigo} if row.origem == Cbr.Origem.ART_5 else {MAXIMOS.codigo}
    if row.subgrupo != Cbr.Subgrupo.A:
        off.add(ATO.codigo)
    if REGISTRO.codigo in abertos:
        off.add(AJUSTE.codigo)
    return frozenset(off)
