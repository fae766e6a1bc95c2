"""The contracts of an auction as they were at the end of a day, for the reports.

The number of queries does not grow with the contracts.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import prefetch_related_objects

from contratos import acesso
from contratos.domain.andamento import Situacao
from contratos.domain.contrato import ESPECIES
from contratos.domain.evidencia import EVIDENCIAS, Tipo, told
from contratos.domain.procedimentos import EXISTENTE, NOVO, PROCEDIMENTOS, Fato, Peca, Responsavel
from contratos.domain.procedimentos import Atividade as Definicao
from contratos.domain.relatorios import Celula, Chamado, Etapa, ExigenciaNoDia, Negocio, Quem
from contratos.domain.relatorios.fatos import CCEE
from contratos.models import AssinaturaAceita, Atividade, Contrato, Fluxo, Leilao
from contratos.relatorio import passado, termos
from contratos.selectors import deadline_day
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente

CAMPOS = {campo.nome: campo for campos in EVIDENCIAS.values() for campo in campos}
DE_ASSINATURA = (NOVO.codigo, EXISTENTE.codigo)


def read(ator: Ator, leilao: Leilao, em: date, *, now: datetime) -> list[Negocio]:
    contratos = termos.contracts(acesso.visible(ator, now=now), leilao, passado.end_of(em))
    return Leitura(contratos, leilao, em).negocios()


@dataclass(frozen=True, slots=True)
class _Linhas:
    """What belongs to each contract, by its key."""

    etapas: Mapping[int, list[Etapa]]
    chamados: Mapping[int, list[Chamado]]
    exigencias: Mapping[int, list[ExigenciaNoDia]]


class Leitura:
    """Contracts and their steps as of one day; the report of amendments reads steps with it too."""

    def __init__(self, contratos: list[Contrato], leilao: Leilao, em: date) -> None:
        self.contratos, self.leilao, self.em, self.end = contratos, leilao, em, passado.end_of(em)
        self.dues = passado.due_dates(contratos, em)
        self.milestones = passado.milestones(contratos, em)
        self.given_up = passado.given_up(contratos, em)
        self.siglas = passado.siglas({agente.cnpj for each in contratos for agente in each.partes}, em)

    def negocios(self) -> list[Negocio]:
        rows = _Linhas(self._steps(), self._tickets(), self._conditions())
        return [self._one(contrato, rows) for contrato in self.contratos]

    def _one(self, contrato: Contrato, rows: _Linhas) -> Negocio:
        return Negocio(
            numero=contrato.numero,
            leilao=str(contrato.leilao),
            vendedor=self.who(contrato.vendedor),
            comprador=self.who(contrato.comprador),
            etapas=tuple(rows.etapas[contrato.pk]),
            assinado=deadline_day(contrato.signed_at) if contrato.signed_at else None,
            liberacao=contrato.liberacao_garantia_em,
            termos=_terms(contrato),
            chamados=tuple(rows.chamados[contrato.pk]),
            exigencias=tuple(rows.exigencias[contrato.pk]),
            desistido=self.given_up.get(contrato.pk, (None, ""))[0],
            motivo=self.given_up.get(contrato.pk, (None, ""))[1],
        )

    def who(self, agente: Agente | None) -> Quem:
        return Quem(self.siglas.get(agente.cnpj, agente.sigla), agente.cnpj) if agente else CCEE

    def _steps(self) -> Mapping[int, list[Etapa]]:
        """Of the latest flow of signature that there was, and of those under it."""
        by_pk = {contrato.pk: contrato for contrato in self.contratos}
        flows = list(Fluxo.objects.filter(contrato__in=by_pk, opened_at__lt=self.end).select_related("sob"))
        latest: dict[int, int] = {}
        for fluxo in sorted(flows, key=lambda fluxo: fluxo.pk):
            if fluxo.procedimento in DE_ASSINATURA:
                latest[fluxo.contrato_id] = fluxo.pk
        wanted = {f.pk: f for f in flows if latest.get(f.contrato_id) in (f.pk, f.sob and f.sob.fluxo_id)}
        for fluxo in wanted.values():
            fluxo.contrato = by_pk[fluxo.contrato_id]
        found: dict[int, list[Etapa]] = defaultdict(list)
        # As they came to be: an adopted set of milestones gives the others another `ordem`.
        rows = list(Atividade.objects.filter(fluxo__in=wanted).order_by("fluxo", "pk"))
        signed = dict(AssinaturaAceita.objects.filter(atividade__in=rows).values_list("atividade", "nome"))
        for row in rows:
            fluxo = wanted[row.fluxo_id]
            if _stands_for_others(row, fluxo):
                continue
            found[fluxo.contrato_id].append(self.step(row, fluxo, signed.get(row.pk, "")))
        return found

    def step(self, row: Atividade, fluxo: Fluxo, signatory: str) -> Etapa:
        key = fluxo.pk, row.codigo, row.rodada
        then = self.milestones.get(key, {})
        holders = acesso.responsible(fluxo, Responsavel(then.get("responsavel", row.responsavel)))
        closed = deadline_day(row.closed_at) if row.closed_at else None
        created = row.opened_at if row.rodada > 1 and row.opened_at else fluxo.opened_at
        definicao = _definition(row, fluxo)
        return Etapa(
            codigo=row.codigo,
            nome=then.get("nome", row.nome),
            de_quem=tuple(self.who(agente) for agente in holders) or (CCEE,),
            situacao=Situacao(row.situacao),
            criada=deadline_day(created),
            vence=self.dues.get(key, row.vence_em),
            aberta=deadline_day(row.opened_at) if row.opened_at else None,
            encerrada=closed,
            evidencia=_evidence(row, signatory),
            assina=definicao is not None and definicao.assina is Peca.CONTRATO,
            interrompida=row.situacao == Situacao.CANCELADA
            and closed is not None
            and closed == self.given_up.get(fluxo.contrato_id, (None, ""))[0],
        )

    def _tickets(self) -> Mapping[int, list[Chamado]]:
        found: dict[int, list[Chamado]] = defaultdict(list)
        for contrato in _prefetched(self.contratos, "chamados__agente"):
            for row in sorted(contrato.chamados.all(), key=lambda row: (row.aberto_em, row.pk)):
                over = row.encerrado_em if row.closed_at and row.closed_at < self.end else None
                known = deadline_day(row.registered_at)
                ticket = Chamado(self.who(row.agente), row.numero, row.aberto_em, row.descricao, known, over)
                found[contrato.pk].append(ticket)
        return found

    def _conditions(self) -> Mapping[int, list[ExigenciaNoDia]]:
        found: dict[int, list[ExigenciaNoDia]] = defaultdict(list)
        asked = termos.conditions(self.leilao, self.end)
        for contrato in _prefetched(self.contratos, "cumprimentos"):
            met = {row.exigencia_id: row for row in contrato.cumprimentos.all()}
            for exigencia in asked:
                row = met.get(exigencia.pk)
                holders = acesso.responsible(Fluxo(contrato=contrato), Responsavel(exigencia.de_quem))
                found[contrato.pk].append(
                    ExigenciaNoDia(
                        exigencia.texto,
                        tuple(self.who(agente) for agente in holders) or (CCEE,),
                        exigencia.obrigatoria,
                        deadline_day(row.met_at) if row else None,
                        row.comprovante if row else "",
                    )
                )
        return found


def _prefetched(contratos: list[Contrato], *names: str) -> list[Contrato]:
    prefetch_related_objects(contratos, *names)
    return contratos


def _definition(row: Atividade, fluxo: Fluxo) -> Definicao | None:
    """None for a milestone, which no procedure of ours has."""
    procedimento = PROCEDIMENTOS.get(fluxo.procedimento)
    return procedimento.por_codigo.get(row.codigo) if procedimento else None


def _stands_for_others(row: Atividade, fluxo: Fluxo) -> bool:
    """It is done when the flow under it is: whoever holds a step of that one answers, not CCEE for all."""
    definicao = _definition(row, fluxo)
    return definicao is not None and definicao.fato is Fato.SUBFLUXO


def _evidence(row: Atividade, signatory: str) -> str:
    if signatory:
        return f"Assinatura de {signatory}"
    stated = "; ".join(_stated(nome, text) for nome, text in told(row.evidencia).items())
    return stated or row.motivo


def _stated(nome: str, text: str) -> str:
    campo = CAMPOS.get(nome)
    shown = f"{date.fromisoformat(text):%d/%m/%Y}" if campo and campo.tipo is Tipo.DATA else text
    return f"{campo.rotulo if campo else nome}: {shown}"


def _terms(contrato: Contrato) -> dict[str, Celula]:
    return {
        "Espécie": ESPECIES[contrato.tipo],
        "Produto": contrato.produto,
        "Início do suprimento": contrato.suprimento_inicio,
        "Fim do suprimento": contrato.suprimento_fim,
        "Energia (MWh)": contrato.energia_mwh,
        "Montante (MWmédio)": contrato.montante_mwmed,
        "Preço (R$/MWh)": contrato.preco,
    }
