"""CCEE's yearly runs: what it seasonalises itself, contract after contract (3.49.1, 3.50, 3.52).

Each portion is one transaction, and the row of the run says how far it came: killed anywhere, it goes on from there. A
year that is final is never calculated again; what lacked its profile is told, and taken up by the next run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from contratos import acesso, montantes
from contratos.domain.andamento import Situacao
from contratos.domain.contrato import Especie
from contratos.domain.prazos import due_date, parse
from contratos.domain.procedimentos.sazonalizacao import DE_SAZONALIZACAO, SAZO_CCEAR
from contratos.domain.procedimentos.sazonalizacao_ccee import SAZO_USINA
from contratos.domain.sazonalizacao import PELO_FLAT, PELO_PERFIL, Calculo, Regra
from contratos.models import Anuncio, Atividade, Contrato, Rodada, Sazonalizacao
from contratos.selectors import conventions
from contratos.services import anuais, finais
from contratos.services.andamento import Andamento, lock
from contratos.services.atividades import conclude
from contratos.services.finais import DoAno
from contratos.services.trilha import SISTEMA
from portal import clock
from portal.agentes.acesso import Ator
from portal.auditoria.services import act, record
from portal.calendario.selectors import calendar
from portal.kernel.errors import Conflict, DomainError, Forbidden, NotFound

PORCAO = 100  # contracts in one transaction, which holds the ledger: others wait no longer than for a page
PELA_CCEE, COM_SOBRA = "Z4", (SAZO_CCEAR.codigo, SAZO_USINA.codigo)  # what the parties leave to CCEE
DAS_PARTES = {Regra.PARTES: Anuncio.Codigo.SAZO_CCEAR, Regra.AJUSTE: Anuncio.Codigo.SAZO_CA}


@dataclass(frozen=True, slots=True)
class Tarefa:
    codigo: str
    nome: str
    clausulas: str
    especie: Especie


TAREFAS: Mapping[str, Tarefa] = {
    tarefa.codigo: tarefa
    for tarefa in (
        Tarefa("flat", "CCEARs por disponibilidade, flat", "3.52", Especie.CCEAR_DISPONIBILIDADE),
        Tarefa("perfil", "CCEARs por quantidade, pelo perfil de carga", "3.49.1 e 3.50", Especie.CCEAR_QUANTIDADE),
        Tarefa("ajuste", "CAs registrados depois do período das partes, flat", "3.58", Especie.CA),
    )
}


def run_year(
    codigo: str, ano: int, *, by: str, now: datetime, porcao: int = PORCAO, portions: int | None = None
) -> Rodada:
    """To its end, or so many portions of `porcao` contracts. Raises NotFound, and Conflict where no contract waits."""
    rodada = _begin(_find(codigo), ano, by=by, now=now)
    done = 0
    while rodada.finished_at is None and (portions is None or done < portions):
        rodada, done = _portion(rodada.pk, porcao, by=by, now=now), done + 1
    return rodada


def start_year(codigo: str, ano: int, *, ator: Ator, now: datetime) -> Rodada:
    """For the next round of continue_years(). Raises Forbidden, NotFound, and Conflict where no contract waits."""
    if not acesso.is_ccee(ator):
        raise Forbidden("A rodada de sazonalização cabe à CCEE.")
    return _begin(_find(codigo), ano, by=ator.nome, now=now)


def continue_years(*, now: datetime) -> int:
    """What was started, or was cut off, and what begins by itself on its day. Gives how many runs it ended."""
    hoje = clock.local_date(now)
    if hoje >= _automatic_day(hoje):
        for tarefa in TAREFAS.values():
            already = Rodada.objects.filter(codigo=tarefa.codigo, ano=hoje.year + 1)
            if not already.exists() and waiting(tarefa, hoje.year + 1).exists():
                _begin(tarefa, hoje.year + 1, by=SISTEMA, now=now)
    going = list(Rodada.objects.filter(finished_at=None).order_by("pk"))
    return sum(run_year(each.codigo, each.ano, by=SISTEMA, now=now).finished_at is not None for each in going)


def _automatic_day(hoje: date) -> date:
    due = due_date(parse(settings.SAZONALIZACAO_AUTOMATICA), {"ANO": date(hoje.year, 1, 1)}, calendar(), conventions())
    return due or date.max  # N.A.: only when CCEE's people start it


def _find(codigo: str) -> Tarefa:
    if codigo not in TAREFAS:
        raise NotFound(f"Não há rodada “{codigo}”. As que há: {', '.join(TAREFAS)}.")
    return TAREFAS[codigo]


def waiting(tarefa: Tarefa, ano: int) -> QuerySet[Contrato]:
    """Registered, with supply in that year, whose months nobody has set and no parties may set any more."""
    rows = Contrato.objects.filter(
        Q(cessa_em=None) | Q(cessa_em__gt=date(ano, 1, 1)),
        especie=tarefa.especie.value,
        registro__in=montantes.VIGENTES,
        suprimento_inicio__lte=date(ano, 12, 31),
        suprimento_fim__gte=date(ano, 1, 1),
    )
    done = Sazonalizacao.objects.filter(contrato=OuterRef("pk"), ano=ano, situacao=Sazonalizacao.Situacao.FINAL)
    theirs = Atividade.objects.filter(
        fluxo__contrato=OuterRef("pk"),
        fluxo__procedimento__in=[each.codigo for each in (*DE_SAZONALIZACAO, SAZO_USINA)],
        fluxo__dados__ano=str(ano),
    )
    ours = theirs.filter(codigo=PELA_CCEE, situacao=Situacao.ABERTA.value)
    return rows.exclude(Exists(done)).filter(Exists(ours) | ~Exists(theirs)).order_by("pk")


@act()
def _begin(tarefa: Tarefa, ano: int, *, by: str, now: datetime) -> Rodada:
    """The one that is under way, whoever began it."""
    going = Rodada.objects.filter(codigo=tarefa.codigo, ano=ano, finished_at=None).first()
    if going is not None:
        return going
    total = waiting(tarefa, ano).count()
    if not total:
        raise Conflict(
            f"Cláusula {tarefa.clausulas}: nenhum contrato espera por esta rodada de {ano}. A sazonalização do ano é "
            "feita uma vez só, e a que está feita não se refaz."
        )
    record("contrato.rodada_iniciada", at=now, ator=by, objeto=f"rodada {tarefa.codigo} de {ano}", contratos=total)
    return Rodada.objects.create(codigo=tarefa.codigo, ano=ano, total=total, started_at=now, started_by=by)


@act()
def _portion(pk: int, porcao: int, *, by: str, now: datetime) -> Rodada:
    """Two runs at once: the second waits for the row, and takes the portion after it."""
    rodada = Rodada.objects.select_for_update().get(pk=pk)
    if rodada.finished_at is not None:
        return rodada
    rows = waiting(TAREFAS[rodada.codigo], rodada.ano).filter(pk__gt=rodada.ate)
    contratos = list(rows.select_related("vendedor", "comprador", "leilao")[:porcao])
    if not contratos:
        rodada.finished_at = now
        left = len(rodada.pendentes)
        record("contrato.rodada_concluida", at=now, ator=by, objeto=str(rodada), feitos=rodada.feitos, pendentes=left)
    else:
        failed = _calculate(contratos, rodada.ano, by=by, now=now)
        rodada.ate = contratos[-1].pk
        rodada.feitos += len(contratos) - len(failed)
        rodada.pendentes += [[numero, why] for numero, why in failed.items()]
    rodada.save()
    return rodada


def _calculate(contratos: list[Contrato], ano: int, *, by: str, now: datetime) -> Mapping[str, str]:
    """By number, why a contract was left. What waits in a flow ends with it; the others are written together."""
    flows = {row.fluxo.contrato_id: row for row in _left_to_us(contratos, ano)}
    perfis, reduced, regras = montantes.profiles(ano), montantes.reductions(contratos), _Regras(ano, now)
    failed, together = {}, []
    for contrato in contratos:
        try:
            if contrato.pk in flows:
                _close(flows[contrato.pk], by=by, now=now)
                continue
            calculo = regras.of(contrato)
            de_cada = montantes.year(contrato, ano, reduced.get(contrato.pk, ()))
            together.append(anuais.ask(contrato, de_cada, calculo, perfis))
        except DomainError as error:
            if montantes.final(contrato, ano) is None:  # else it came with the first contract of its plant
                failed[contrato.numero] = error.detail
    done = []
    for pergunta, meses, why in anuais.answer_all(together):
        if why:
            failed[pergunta.contrato.numero] = why
        else:
            done.append(DoAno(pergunta.contrato, ano, meses, pergunta.calculo, pergunta.entrada))
    finais.write_final(done, by=by, now=now)
    return failed


def _left_to_us(contratos: list[Contrato], ano: int) -> QuerySet[Atividade]:
    rows = Atividade.objects.filter(codigo=PELA_CCEE, situacao=Situacao.ABERTA.value, fluxo__dados__ano=str(ano))
    return rows.filter(fluxo__contrato__in=contratos, fluxo__procedimento__in=COM_SOBRA).select_related("fluxo")


class _Regras:
    """Asked once for each product of an auction: a run has very many contracts of few."""

    def __init__(self, ano: int, now: datetime) -> None:
        self.ano, self.hoje = ano, clock.local_date(now)
        self.known: dict[tuple[str, int | None, str], tuple[Regra | None, bool]] = {}

    def of(self, contrato: Contrato) -> Calculo:
        """Raises DomainError where the parties may still do it, or the seller does (3.51)."""
        key = contrato.especie, contrato.leilao_id, contrato.produto
        if key not in self.known:
            regra = montantes.rule(contrato)
            self.known[key] = regra, self._is_ours(regra, contrato)
        regra, ours = self.known[key]
        if not ours:
            raise DomainError(
                f"Cláusulas 3.48 e 3.55: as partes ainda podem sazonalizar {self.ano}. A CCEE o faz depois do período "
                "delas."
            )
        if regra in PELO_FLAT:
            return PELO_FLAT[regra]
        if regra not in PELO_PERFIL:
            raise DomainError("Cláusula 3.51: este contrato é sazonalizado pela disponibilidade declarada da usina.")
        return PELO_PERFIL[regra]

    def _is_ours(self, regra: Regra | None, contrato: Contrato) -> bool:
        codigo = DAS_PARTES.get(regra) if regra else None
        anuncio = montantes.announced(codigo, contrato, self.ano) if codigo else None
        return codigo is None or (anuncio is not None and anuncio.ate < self.hoje)


@transaction.atomic()
def _close(row: Atividade, *, by: str, now: datetime) -> None:
    """One that cannot be worked out leaves nothing behind, and keeps none of the others waiting."""
    andamento = Andamento(lock(row.fluxo_id), now)
    conclude(andamento, andamento.rows[PELA_CCEE], andamento.procedimento.por_codigo[PELA_CCEE], by=by, evidencia={})
