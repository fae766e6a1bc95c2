"""What the page of one activity shows: what closes it, what still stands in the way, and how its date was counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contratos import modulacao, montantes, procedimentos
from contratos.domain.andamento import VIVAS, Situacao
from contratos.domain.evidencia import Campo, Tipo, fields
from contratos.domain.procedimentos import PELO_DECLARADO, Fato, Procedimento
from contratos.forms.atividade import EncerramentoForm, MotivoForm
from contratos.models import Atividade, Contrato, Sazonalizacao
from contratos.paginas import leitor, linha_do_tempo, telas
from contratos.paginas.linha_do_tempo import Olhar, Passo
from contratos.paginas.listagem import ruler
from contratos.services.portoes import Caso, missing
from portal import clock
from portal.agentes.acesso import Ator
from portal.calendario import selectors as calendario
from portal.kernel.errors import NotFound

NAO_HA = "Esta atividade não é deste contrato."


@dataclass(frozen=True, slots=True)
class Informado:
    """What somebody stated earlier in the same flow: who checks it has it before the eyes."""

    row: Atividade
    quem: str
    dados: list[tuple[str, str]]


def find(contrato: Contrato, pk: int) -> Atividade:
    rows = Atividade.objects.select_related("fluxo__marcos", "fluxo__solicitante", "fluxo__sucessora", "fluxo__sob")
    row = rows.filter(pk=pk, fluxo__contrato=contrato).first()
    if row is None:
        raise NotFound(NAO_HA)
    row.fluxo.contrato = contrato
    return row


def form_of(row: Atividade, data: Mapping[str, Any] | None = None) -> EncerramentoForm:
    """In a later round it starts from what was stated in the one before."""
    definicao = procedimentos.of(row.fluxo).por_codigo[row.codigo]
    form = EncerramentoForm(fields(definicao.evidencia), definicao.resultados, data)
    before = row.fluxo.atividades.filter(codigo=row.codigo, rodada=row.rodada - 1).first()
    if before is not None:
        form.initial = {campo.nome: _typed(campo, before.evidencia) for campo in fields(definicao.evidencia)}
    return form


def _typed(campo: Campo, dados: Mapping[str, str]) -> str:
    """As the field takes it: a month is kept by its first day."""
    kept = dados.get(campo.nome, "")
    return kept[: len("AAAA-MM")] if campo.tipo is Tipo.MES else kept


def page(
    row: Atividade, ator: Ator, form: EncerramentoForm, *, now: datetime, dispensa: MotivoForm | None = None
) -> dict[str, Any]:
    contrato, procedimento = row.fluxo.contrato, procedimentos.of(row.fluxo)
    quem_le, regua = leitor.of(ator, now=now), ruler(now)
    olhar = Olhar(quem_le, regua, leitor.names([row.closed_by]))
    passo = linha_do_tempo.step(row, procedimento, olhar, counted=True)
    alive = row.situacao in VIVAS
    return {
        "contrato": contrato,
        "procedimento": procedimento,
        "passo": passo,
        "prazo_em_palavras": regua.distance(row.vence_em) if row.vence_em and alive else "",
        "calendario": calendario.name(),
        "faltas": _missing(passo, contrato, now) if alive else [],
        "espera_por": _waits_for(passo) if row.situacao == Situacao.AGUARDANDO else [],
        "antes": _stated_before(row, procedimento) if alive else [],
        "tela": telas.of(row.fluxo),
        "avisos": _warnings(row) if alive else [],
        "form": form,
        "dispensa": dispensa or MotivoForm(auto_id="dispensa_%s"),
        "pode_dispensar": alive and quem_le.ccee and _may_be_waived(passo),
    }


def _may_be_waived(passo: Passo) -> bool:
    return passo.definicao.fato is not Fato.ASSINATURA and passo.definicao.efeito is None


def _missing(passo: Passo, contrato: Contrato, now: datetime) -> list[str]:
    """Gates that are shut whatever will be stated; one that depends on the act shows when it is."""
    known = [each for each in passo.definicao.exige if each not in PELO_DECLARADO]
    return missing(known, Caso(contrato, clock.local_date(now), ancoras=passo.row.fluxo.ancoras))


def _warnings(row: Atividade) -> list[str]:
    """Of what waits for a validation: the energy of a month that its hours could not hold."""
    proposta = row.fluxo.sazonalizacoes.filter(situacao=Sazonalizacao.Situacao.PROPOSTA).first()
    return modulacao.power_warnings(row.fluxo.contrato, montantes.from_text(proposta.saida)) if proposta else []


def _stated_before(row: Atividade, procedimento: Procedimento) -> list[Informado]:
    """Of each activity what was stated last."""
    rows = row.fluxo.atividades.filter(closed_at__isnull=False).exclude(codigo=row.codigo).order_by("ordem", "rodada")
    latest = {each.codigo: each for each in rows if each.codigo in procedimento.por_codigo}
    found = []
    for codigo, each in latest.items():
        each.fluxo = row.fluxo
        if dados := linha_do_tempo.stated(procedimento.por_codigo[codigo], each):
            found.append(Informado(each, leitor.holder(each), dados))
    return found


def _waits_for(passo: Passo) -> list[str]:
    before = {codigo for term in passo.definicao.anteriores for codigo in term}
    rows = passo.row.fluxo.atividades.filter(codigo__in=before, closed_at=None)
    return [f"{row.nome} ({leitor.holder(_in(row, passo))})" for row in rows]


def _in(row: Atividade, passo: Passo) -> Atividade:
    row.fluxo = passo.row.fluxo
    return row
