"""What contracts bring to one person: whose turn it is, what is late, what happened. One mail for all of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from contratos import procedimentos
from contratos.acesso import responsible
from contratos.domain.andamento import Situacao as Andamento
from contratos.domain.evidencia import fields
from contratos.domain.procedimentos import RESPONSAVEIS, Responsavel
from contratos.domain.procedimentos import Atividade as Definicao
from notificacoes.domain import momentos, motivos, palavras
from notificacoes.domain.folha import Bloco, Ficha, Link, Paragrafo, Titulo
from notificacoes.mensagens import novidades, papel
from notificacoes.mensagens.carta import Carta, Desistencia
from notificacoes.mensagens.lote import Lote
from notificacoes.models import Envio, Lembrete, Momento, Situacao
from portal.agentes.models import Agente
from portal.kernel.text import visible

ASSINAR = (
    "O que fazer: baixe o documento na página do contrato, assine-o com o certificado ICP-Brasil de quem foi designado "
    "signatário e envie lá o arquivo assinado."
)
DA_OUTRA = "Cabe a {quem}, e não à sua empresa; os dois lados são avisados do atraso (cláusula 3.21)."
SEM_MAIS = "nada mais a avisar"


class Devida(NamedTuple):
    """An activity to be told of, with who holds it."""

    lembrete: Lembrete
    definicao: Definicao
    titulares: list[Agente]
    cabe: bool  # to a company of this person

    @property
    def numero(self) -> str:
        return visible(self.lembrete.atividade.fluxo.contrato.numero)

    @property
    def late(self) -> bool:
        return self.lembrete.momento == Momento.ATRASO

    @property
    def nome(self) -> str:
        return visible(self.lembrete.atividade.nome)


def write(envio: Envio, lote: Lote) -> Carta | Desistencia:
    planned = [each for each in lote.lembretes.get(envio.pk, ()) if each.situacao == Situacao.PLANEJADA]
    reasons = [_no_longer_due(lembrete, lote) for lembrete in planned]
    due = [_devida(each, lote) for each, reason in zip(planned, reasons, strict=True) if not reason]
    news = novidades.of(envio, lote)
    if not due and not news:
        return papel.cancelled(next(filter(None, reasons), SEM_MAIS))
    carta = papel.write(
        envio,
        lote,
        assunto=_subject(due, news, lote),
        blocos=_blocks(due, news, lote),
        porque="Você recebe esta mensagem porque é representante CCEE de uma das partes.",
    )
    told = tuple(devida.lembrete.pk for devida in due)
    return replace(carta, lembretes=told) if isinstance(carta, Carta) else carta


def _devida(lembrete: Lembrete, lote: Lote) -> Devida:
    row = lembrete.atividade
    holders = responsible(row.fluxo, Responsavel(row.responsavel))
    mine = any(lote.alters(lembrete.destinatario_id, agente.pk) for agente in holders)
    return Devida(lembrete, procedimentos.of(row.fluxo).por_codigo[row.codigo], holders, mine)


def _no_longer_due(lembrete: Lembrete, lote: Lote) -> str:
    """Why this one is not told any more; '' where it is. The plan says the same at its next turn."""
    row = lembrete.atividade
    if row.situacao != Andamento.ABERTA:
        return motivos.ATIVIDADE_ENCERRADA
    if lembrete.momento != Momento.ABERTURA and row.vence_em != lembrete.vence_em:
        return motivos.PRAZO_MUDOU
    told = responsible(row.fluxo, Responsavel(row.responsavel))
    if lembrete.momento == Momento.ATRASO:
        told = [*told, *row.fluxo.contrato.partes]
    if not any(lote.alters(lembrete.destinatario_id, agente.pk) for agente in told):
        return motivos.NAO_REPRESENTA
    return ""


def _subject(due: Sequence[Devida], news: Sequence[Ficha], lote: Lote) -> str:
    if not due:
        return news[0].titulo if len(news) == 1 else f"Novidades em contratos ({len(news)})"
    first = next((devida for devida in due if devida.late), due[0])
    said = f"{first.nome} ({first.numero}) {_when(first, lote, short=True)}"
    return said if len(due) == 1 else f"{len(due)} atividades de contratos: {said}"


def _when(devida: Devida, lote: Lote, *, short: bool = False) -> str:
    words = momentos.due(devida.lembrete.atividade.vence_em, today=lote.hoje, calendario=lote.calendario)
    if not words:
        return "está com você" if devida.cabe else "está aberta"
    return words.partition(",")[0] if short else words


def _blocks(due: Sequence[Devida], news: Sequence[Ficha], lote: Lote) -> list[Bloco]:
    late = [devida for devida in due if devida.late]
    turn = [devida for devida in due if not devida.late]
    blocks: list[Bloco] = []
    if late:
        blocks += [Titulo("Em atraso"), *(_card(devida, lote) for devida in late)]
    if turn:
        blocks += [Titulo("É a sua vez"), *(_card(devida, lote) for devida in turn)]
    if news:
        blocks += [Titulo("O que mudou"), *news]
    opening = Paragrafo("Estes são os avisos de hoje sobre os seus contratos regulados:")
    return [opening, *blocks]


def _card(devida: Devida, lote: Lote) -> Ficha:
    row, contrato = devida.lembrete.atividade, devida.lembrete.atividade.fluxo.contrato
    who = palavras.joined([visible(agente.sigla) for agente in devida.titulares])
    what = _what_to_do(devida.definicao) if devida.cabe else DA_OUTRA.format(quem=who)
    parties = " × ".join(visible(agente.sigla) for agente in contrato.partes)
    return Ficha(
        titulo=f"{devida.nome} (contrato {devida.numero}) {_when(devida, lote)}.",
        frases=(what,),
        dados=(
            ("Contrato", f"{devida.numero} · {contrato.get_especie_display()} · {parties}"),
            ("Cabe a", f"{who} ({RESPONSAVEIS[Responsavel(row.responsavel)].lower()})"),
            ("Regra", _rule(devida.definicao, contrato.revisao)),
        ),
        links=(Link(f"Abrir o contrato {devida.numero}", novidades.page_of(contrato.numero)),),
    )


def _what_to_do(definicao: Definicao) -> str:
    if definicao.assina is not None:
        return ASSINAR
    asked = [campo.rotulo[:1].lower() + campo.rotulo[1:] for campo in fields(definicao.evidencia) if not campo.opcional]
    if not asked:
        return "O que fazer: encerre a atividade na página do contrato."
    return f"O que fazer: encerre a atividade na página do contrato, informando: {'; '.join(asked)}."


def _rule(definicao: Definicao, revisao: str) -> str:
    clauses = f"cláusula{'s' if len(definicao.clausulas) > 1 else ''} {palavras.joined(list(definicao.clausulas))}"
    return f"{clauses} do Submódulo 3.2, rev. {revisao}; prazo {definicao.prazo}"
