"""Consumption histories: declared by one side, validated by the other; of a distributor's area, by CCEE (3.39.1)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from contratos import acesso, montantes, proinfa
from contratos.domain.montantes import grade
from contratos.models import HistoricoDeConsumo, RepresentanteDeCotista, UnidadeConsumidora
from portal import clock
from portal.agentes.acesso import Acao, Ator, alteraveis, may, visible_agentes
from portal.agentes.models import Agente, Classe
from portal.auditoria.services import Fato, act, record_all
from portal.kernel.errors import Conflict, Forbidden, NotFound, refuse

Situacao = HistoricoDeConsumo.Situacao
NAO_HA = "Não encontramos este histórico entre os das empresas que você representa."


def sides(alvo: proinfa.Alvo, on: date) -> list[Agente]:
    """Who declares or validates: of a unit, its consumer (or whoever represents it) and its distributor."""
    if not isinstance(alvo, UnidadeConsumidora):
        return [alvo]
    found = proinfa.representative(alvo.consumidor, on)
    return [found.representante if found else alvo.consumidor, alvo.distribuidora]


def declarant(alvo: proinfa.Alvo, ator: Ator, *, now: datetime) -> Agente | None:
    """The side that the person acts for."""
    on = clock.local_date(now)
    return next((side for side in sides(alvo, on) if may(ator, Acao.ALTERAR, side, on=on)), None)


@act()
def declare_history(alvo: proinfa.Alvo, tabela: str, *, ator: Ator, now: datetime) -> HistoricoDeConsumo:
    """All months or none. Raises DomainError by cell, Forbidden, Conflict while another one waits for its answer."""
    side = declarant(alvo, ator, now=now)
    if side is None:
        raise Forbidden("Cláusula 3.39.1: o histórico se declara por uma das partes, por seu representante CCEE.")
    type(alvo).objects.select_for_update().get(pk=alvo.pk)  # of two at once the second sees the first
    leitura = grade.read_months(tabela)
    refuse({"tabela": leitura.told})
    refuse({"tabela": _problems(leitura.valores, clock.local_date(now))})
    if HistoricoDeConsumo.objects.filter(proinfa.of_target(alvo), situacao=Situacao.DECLARADO).exists():
        raise Conflict(
            "Cláusula 3.39.1: já há um histórico à espera da validação. Outro se declara depois que a outra parte "
            "responder a esse."
        )
    row = HistoricoDeConsumo.objects.create(
        unidade=alvo if isinstance(alvo, UnidadeConsumidora) else None,
        distribuidora=alvo if isinstance(alvo, Agente) else None, meses=montantes.as_text(leitura.valores),
        declarante=side, situacao=Situacao.DECLARADO, sent_at=now, sent_by=ator.nome,
    )  # fmt: skip
    _note(row, "historico_declarado", by=ator.nome, now=now)
    return row


def _problems(meses: Mapping[date, object], hoje: date) -> list[str]:
    if not meses:
        return ["Cláusula 3.39.1: informe o consumo de ao menos um mês."]
    late = [f"{mes:%m/%Y}" for mes in sorted(meses) if mes >= hoje.replace(day=1)]
    return [f"Cláusula 3.39.1: o consumo é de mês que já terminou; {', '.join(late[:12])} ainda não."] if late else []


@act()
def answer_history(pk: int, *, valida: bool, motivo: str = "", ator: Ator, now: datetime) -> HistoricoDeConsumo:
    """By the side that did not declare it; of a distributor's area, by CCEE."""
    row = answerable(visible(ator, now=now).select_for_update(of=("self",)), pk, ator, now=now)
    if row.situacao != Situacao.DECLARADO:
        raise Conflict(f"Este histórico já foi respondido: {row.get_situacao_display().lower()}.")
    refuse({"motivo": "" if valida or motivo else "Para devolver, diga o que corrigir."})
    row.situacao = Situacao.VALIDADO if valida else Situacao.DEVOLVIDO
    row.answered_at, row.answered_by, row.motivo = now, ator.nome, "" if valida else motivo[:300]
    row.save(update_fields=["situacao", "answered_at", "answered_by", "motivo"])
    _note(row, f"historico_{row.situacao}", by=ator.nome, now=now)
    return row


def answerable(rows: QuerySet[HistoricoDeConsumo], pk: int, ator: Ator, *, now: datetime) -> HistoricoDeConsumo:
    """Of `rows`, which the person sees. Raises NotFound, Forbidden."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound(NAO_HA)
    if not may_answer(row, ator, now=now):
        quem = "a outra parte" if row.unidade else "a CCEE"
        raise Forbidden(f"Cláusula 3.39.1: {quem} valida o que {row.declarante.sigla} declarou.")
    return row


def may_answer(row: HistoricoDeConsumo, ator: Ator, *, now: datetime) -> bool:
    on = clock.local_date(now)
    if row.unidade is None:
        return acesso.is_ccee(ator)
    return any(may(ator, Acao.ALTERAR, side, on=on) for side in sides(row.unidade, on) if side != row.declarante)


def to_answer(ator: Ator, *, now: datetime) -> QuerySet[HistoricoDeConsumo]:
    """Those that wait for this person: as may_answer() says of one."""
    rows = HistoricoDeConsumo.objects.filter(situacao=Situacao.DECLARADO)
    if acesso.is_ccee(ator):
        return rows.filter(unidade=None)
    on = clock.local_date(now)
    own = alteraveis(ator, on=on)
    held = _represented(on).filter(representado=OuterRef("unidade__consumidor"))
    consumer = Q(~Exists(held), ~Q(declarante=F("unidade__consumidor")), unidade__consumidor__in=own)
    representative = Exists(held.filter(representante__in=own).exclude(representante=OuterRef("declarante")))
    distributor = Q(~Q(declarante=F("unidade__distribuidora")), unidade__distribuidora__in=own)
    return rows.filter(consumer | representative | distributor)


def visible(ator: Ator, *, now: datetime) -> QuerySet[HistoricoDeConsumo]:
    rows = HistoricoDeConsumo.objects.select_related(
        "unidade__consumidor", "unidade__distribuidora", "distribuidora", "declarante"
    )
    if acesso.sees_all(ator):
        return rows
    return rows.filter(Q(unidade__in=units(ator, now=now)) | Q(distribuidora__in=_own(ator, now)))


def units(ator: Ator, *, now: datetime) -> QuerySet[UnidadeConsumidora]:
    """Of which the person sees a side."""
    rows = UnidadeConsumidora.objects.select_related("consumidor", "distribuidora")
    if acesso.sees_all(ator):
        return rows
    own, on = _own(ator, now), clock.local_date(now)
    held = _represented(on).filter(representante__in=own)
    return rows.filter(Q(consumidor__in=own) | Q(distribuidora__in=own) | Q(consumidor__in=held.values("representado")))


def _represented(on: date) -> QuerySet[RepresentanteDeCotista]:
    return RepresentanteDeCotista.objects.filter(Q(ate=None) | Q(ate__gte=on), desde__lte=on)


def find_target(ator: Ator, *, unidade: str, cnpj: str, now: datetime) -> proinfa.Alvo:
    """The unit of that code, or the area of the distributor of that CNPJ. Raises NotFound."""
    if unidade:
        found: proinfa.Alvo | None = units(ator, now=now).filter(codigo=unidade.upper()).first()
    else:
        found = areas(ator, now=now).filter(cnpj=cnpj).first()
    if found is None:
        raise NotFound("Não encontramos esta unidade ou área entre as das empresas que você representa.")
    return found


def areas(ator: Ator, *, now: datetime) -> QuerySet[Agente]:
    return _own(ator, now).filter(classe=Classe.DISTRIBUIDOR)


def _own(ator: Ator, now: datetime) -> QuerySet[Agente]:
    return visible_agentes(ator, on=clock.local_date(now))


def _note(row: HistoricoDeConsumo, tipo: str, *, by: str, now: datetime) -> None:
    alvo = row.unidade or row.distribuidora
    assert alvo is not None  # noqa: S101 - the database has one of the two
    named = f"área de {alvo.sigla}" if isinstance(alvo, Agente) else f"unidade {alvo.codigo}"
    dados = {
        "meses": len(row.meses), "declarante": row.declarante.sigla, "declarante_cnpj": row.declarante.cnpj,
        "motivo": row.motivo,
    }  # fmt: skip
    # Whoever declared is told of the answer, also where another company represents the consumer by then.
    cnpjs = dict.fromkeys(each.cnpj for each in [*sides(alvo, clock.local_date(now)), row.declarante])
    record_all([Fato(f"contrato.{tipo}", cnpj, named, dados) for cnpj in cnpjs], at=now, ator=by)
