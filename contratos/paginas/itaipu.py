"""The registered amounts of Itaipu, for quota holders, Eletrobras, CCEE and the regulator (3.24)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet

from contratos import acesso
from contratos.domain.contrato import Especie, Registro
from contratos.domain.procedimentos import ITAIPU
from contratos.models import Atividade, Contrato, MontanteDoMes
from contratos.paginas.listagem import ruler
from contratos.paginas.palavras import Etiqueta, Regua, brazilian, decimal
from portal import clock, planilha
from portal.agentes.acesso import Ator

POR_PAGINA = 50
COLUNAS = ("Contrato", "Vendedor", "Cotista", "Mês", "Energia (MWh)", "Situação", "Publicado em")
PUBLICACAO = ITAIPU.atividades[0].codigo


@dataclass(frozen=True, slots=True)
class Cota:
    """`publicada`: None where the publication was not asked for yet; its deadline otherwise says how it stands."""

    contrato: Contrato
    registrada: bool
    publicada: Atividade | None
    etiqueta: Etiqueta | None

    @property
    def meses(self) -> list[MontanteDoMes]:
        return list(self.contrato.montantes.all())


def page(ator: Ator, numero: str, *, now: datetime) -> dict[str, Any]:
    found = Paginator(_contracts(ator, now), POR_PAGINA).get_page(numero)
    regua = ruler(now)
    return {"pagina": found, "cotas": [_quota(each, regua) for each in found], "total": _total(found)}


def _total(found: Page[Contrato]) -> int:
    return found.paginator.count


def as_csv(ator: Ator, *, now: datetime) -> bytes:
    """A line for each month where the months are known, else one for all of the supply."""
    regua = ruler(now)
    rows = (line for each in _contracts(ator, now) for line in _lines(_quota(each, regua)))
    return planilha.write(COLUNAS, rows)


def _contracts(ator: Ator, now: datetime) -> QuerySet[Contrato]:
    published = Atividade.objects.filter(codigo=PUBLICACAO, fluxo__procedimento=ITAIPU.codigo).order_by("-pk")
    return (
        acesso.visible(ator, now=now)
        .filter(especie=Especie.ITAIPU)
        .prefetch_related(
            Prefetch("montantes", MontanteDoMes.objects.order_by("mes")),
            "fluxos",
            Prefetch("fluxos__atividades", published, to_attr="publicacoes"),
        )
        .order_by("numero")
    )


def _quota(contrato: Contrato, regua: Regua) -> Cota:
    steps = [row for fluxo in contrato.fluxos.all() for row in fluxo.publicacoes]  # type: ignore[attr-defined]  # to_attr
    step = steps[0] if steps else None
    registered = Registro(contrato.registro) is not Registro.NAO_REGISTRADO
    return Cota(contrato, registered, step, regua.label(step) if step else None)


def _lines(cota: Cota) -> Iterator[list[str]]:
    contrato, done = cota.contrato, cota.publicada.closed_at if cota.publicada else None
    head = [contrato.numero, contrato.vendedor.sigla, contrato.nome_do_comprador]
    tail = [contrato.situacao, brazilian(clock.local_date(done)) if done else ""]
    if not cota.registrada:
        yield [*head, "", "", *tail]
        return
    for row in cota.meses:
        yield [*head, f"{row.mes:%m/%Y}", _plain(row.energia_mwh), *tail]
    if not cota.meses:
        yield [*head, "todo o suprimento", _plain(contrato.energia_mwh), *tail]


def _plain(value: Any) -> str:
    """For a spreadsheet: a decimal comma, and no dots."""
    return decimal(value, 6).replace(".", "")
