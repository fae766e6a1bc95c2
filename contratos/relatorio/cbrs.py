"""The yearly report of CBRs, for whoever may see their contracts (3.35)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet

from contratos import acesso, cbr
from contratos.domain.acordo import Intervalo
from contratos.domain.contrato import Especie
from contratos.domain.prazos import due_date, parse
from contratos.domain.procedimentos import DO_CBR
from contratos.domain.relatorios import Quem, Relatorio, cbrs
from contratos.domain.relatorios.cbrs import Registrado
from contratos.forms.relatorios import AnoForm
from contratos.models import Atividade, Cbr, Contrato, VersaoDoCbr
from contratos.relatorio import passado
from contratos.selectors import deadline_day
from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.calendario.selectors import calendar

POR_PAGINA = 50
FINS = {"F1": "validada", "E1": "finalizado"}  # what states the day, and what its flow is called once it counts
ENCERRADAS = [procedimento.codigo for procedimento in DO_CBR if procedimento.por_codigo.keys() & FINS.keys()]


def page(query: Mapping[str, str], *, ator: Ator, now: datetime) -> dict[str, Any]:
    """No `relatorio` where the form errs."""
    hoje = clock.local_date(now)
    form = AnoForm(query, hoje=hoje)
    context: dict[str, Any] = {"form": form, "titulo": cbrs.TITULO, "clausula": cbrs.CLAUSULA}
    if not form.is_valid():
        return context
    ano = form.cleaned_data["ano"]
    relatorio = write(acesso.visible(ator, now=now), ano, min(date(ano, 12, 31), hoje))
    return context | {
        "ano": ano,
        "relatorio": relatorio,
        "hoje": relatorio.em == hoje,
        "venceu_em": _overdue(ano, hoje),
        "pagina": Paginator(relatorio.fichas, POR_PAGINA).get_page(query.get("pagina")),
        "nome": f"relatorio-{cbrs.CLAUSULA}-{ano}",
    }


def write(seen: QuerySet[Contrato], ano: int, em: date) -> Relatorio:
    end = passado.end_of(em)
    found = seen.filter(
        especie=Especie.CBR.value,
        registered_at__lt=end,
        suprimento_inicio__lte=date(ano, 12, 31),
        suprimento_fim__gte=date(ano, 1, 1),
    )
    versoes = VersaoDoCbr.objects.filter(validated_at__lt=end).order_by("-validated_at", "-numero")
    rows = list(
        found.select_related("cbr__ato")
        .prefetch_related(Prefetch("cbr__versoes", versoes), "cbr__versoes__periodos")
        .order_by("numero")
    )
    ends = _ends(rows, end)
    names = passado.siglas({agente.cnpj for each in rows for agente in each.partes}, em)
    return cbrs.write((_one(each, end, ends.get(each.pk), names) for each in rows), ano, em, _due(ano))


def _due(ano: int) -> date | None:
    """The document gives none; PRAZO_RELATORIO_CBR may, of the year after."""
    texto = settings.PRAZO_RELATORIO_CBR
    return due_date(parse(texto), {"ANO": date(ano + 1, 1, 1)}, calendar()) if texto else None


def _overdue(ano: int, hoje: date) -> date | None:
    """Of the page alone: files of a past year are the same whenever they are asked for."""
    prazo = _due(ano)
    return prazo if prazo is not None and prazo < hoje else None


def _one(contrato: Contrato, end: datetime, fim: date | None, names: Mapping[str, str]) -> Registrado:
    row, versao = contrato.cbr, next(iter(contrato.cbr.versoes.all()), None)
    assert contrato.registered_at is not None  # noqa: S101 - asked for
    return Registrado(
        contrato.numero,
        _who(contrato.vendedor, names),
        _who(contrato.comprador, names),
        _parameters(row),
        Intervalo(contrato.suprimento_inicio, contrato.suprimento_fim),
        deadline_day(contrato.registered_at),
        versao.numero if versao else None,
        tuple(cbr.periods(versao)) if versao else (),
        row.origem == Cbr.Origem.ART_5,
        fim,
        deadline_day(row.invalido_em) if row.invalido_em and row.invalido_em < end else None,
    )


def _who(agente: Agente | None, names: Mapping[str, str]) -> Quem:
    return Quem(names.get(agente.cnpj, agente.sigla), agente.cnpj) if agente else Quem("")


def _parameters(row: Cbr) -> tuple[str, ...]:
    return (
        row.get_subgrupo_display(),
        row.get_origem_display(),
        row.get_modulacao_display(),
        "sim" if row.mesmo_grupo else "não",
        row.parcela_usina,
        str(row.ato) if row.ato else "",
    )


def _ends(contratos: Iterable[Contrato], end: datetime) -> dict[int, date]:
    """By contract, the first day without energy, as known then; a later act can only make it sooner."""
    rows = Atividade.objects.filter(
        fluxo__contrato__in=[each.pk for each in contratos],
        fluxo__procedimento__in=ENCERRADAS,
        fluxo__estado__in=FINS.values(),
        fluxo__closed_at__lt=end,
        codigo__in=FINS,
    )
    found: dict[int, date] = {}
    for contrato, evidencia in rows.order_by("-fluxo__closed_at").values_list("fluxo__contrato", "evidencia"):
        found.setdefault(contrato, date.fromisoformat(evidencia["finaliza_em"]))
    return found
