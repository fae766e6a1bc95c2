"""What the pages of milestones show: the published sets, the form of a new one, and the flows that may adopt it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contratos import acesso, services
from contratos.domain.procedimentos import MARCOS, RESPONSAVEIS
from contratos.domain.procedimentos.marcos import PADRAO, TIPOS, Marco, MarcosRecusados
from contratos.forms.marcos import MarcosForm
from contratos.models import ConjuntoDeMarcos, Fluxo
from contratos.procedimentos import read_marcos
from portal.agentes.acesso import Ator
from portal.kernel.errors import DomainError, Forbidden

GERAL = "Todos os leilões sem conjunto próprio"


@dataclass(frozen=True, slots=True)
class Publicado:
    """One version of a set. `publicado_em` is missing for ours, which holds until CCEE publishes another."""

    de: str
    versao: int
    publicado_em: datetime | None
    em_vigor: bool
    linhas: list[dict[str, str]]


def published() -> list[Publicado]:
    """Set by set; within each the version in force first, and then the earlier ones."""
    rows = list(ConjuntoDeMarcos.objects.select_related("leilao").order_by("leilao__realizado_em", "leilao", "-versao"))
    rows.sort(key=lambda row: row.leilao_id is not None)
    latest: dict[int | None, int] = {}
    for row in rows:
        latest.setdefault(row.leilao_id, row.pk)
    found = [
        Publicado(
            str(row.leilao) if row.leilao else GERAL,
            row.versao,
            row.published_at,
            latest[row.leilao_id] == row.pk,
            _lines(read_marcos(row.marcos)),
        )
        for row in rows
    ]
    return found if None in latest else [Publicado(GERAL, 1, None, True, _lines(PADRAO)), *found]


def _lines(marcos: tuple[Marco, ...]) -> list[dict[str, str]]:
    return [
        {
            "codigo": marco.codigo,
            "nome": marco.nome,
            "tipo": TIPOS.get(marco.tipo, "outro"),
            "responsavel": RESPONSAVEIS[marco.responsavel],
            "ate_du": f"{marco.ate_du}º dia útil",
            "depois": ", ".join(marco.depois),
        }
        for marco in marcos
    ]


def form(posted: Mapping[str, Any] | None, *, ator: Ator) -> MarcosForm:
    """Filled with what holds today. Raises Forbidden for whoever does not work for CCEE."""
    _require(ator)
    last = ConjuntoDeMarcos.objects.filter(leilao=None).order_by("-versao").first()
    return MarcosForm(posted, marcos=read_marcos(last.marcos) if last else PADRAO)


def publish(found: MarcosForm, *, ator: Ator, now: datetime) -> ConjuntoDeMarcos | None:
    """None where the form, or the set, is not good: the form then says what is wrong, at the row where it is."""
    if not found.is_valid():
        return None
    try:
        leilao = found.cleaned_data["leilao"]
        return services.publish_milestones(found.marcos(), by=ator.nome, now=now, leilao=leilao)
    except MarcosRecusados as refusal:
        found.tell(refusal.erros["marcos"])
    except DomainError as refusal:
        found.tell([refusal.detail])
    return None


def adoptable(*, ator: Ator) -> list[dict[str, Any]]:
    """Running flows that follow a set older than the one in force for their auction."""
    _require(ator)
    latest: dict[int | None, ConjuntoDeMarcos] = {}
    for row in ConjuntoDeMarcos.objects.order_by("-versao"):
        latest.setdefault(row.leilao_id, row)
    rows = Fluxo.objects.filter(procedimento=MARCOS, closed_at=None).select_related("contrato__leilao", "marcos")
    found = []
    for fluxo in rows.order_by("contrato__numero"):
        now_in_force = latest.get(fluxo.contrato.leilao_id) or latest.get(None)
        if now_in_force is not None and now_in_force.pk != fluxo.marcos_id:
            found.append({"fluxo": fluxo, "em_vigor": now_in_force})
    return found


def chosen(posted: Mapping[str, Any]) -> Fluxo:
    text = str(posted.get("fluxo", ""))
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    found = Fluxo.objects.select_related("contrato").filter(pk=number).first()
    if found is None:
        raise DomainError("Escolha um dos fluxos da lista.")
    return found


def _require(ator: Ator) -> None:
    if not acesso.is_ccee(ator):
        raise Forbidden("Publicar marcos cabe à CCEE. Os que estão em vigor são públicos.")
