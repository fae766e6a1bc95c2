"""What the ledger says of contracts, as cards: one for each contract, with everything that happened to it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from contratos.domain.contrato import NOMES, Registro
from contratos.domain.procedimentos import MARCOS, PROCEDIMENTOS
from notificacoes.domain import palavras
from notificacoes.domain.folha import Ficha, Link
from notificacoes.mensagens import historicos, papel
from notificacoes.mensagens.lote import Lote
from notificacoes.mensagens.pendencias import MUDANCA, key_of, number_of
from notificacoes.models import Envio
from portal.auditoria.models import Evento
from portal.kernel.text import visible

ASSINADO = "Todas as partes assinaram: o contrato está assinado."
DE_GARANTIA = {
    "contrato.ccg_celebrado": "O CCG foi celebrado e está em vigor.",
    "contrato.ccg_revogado": "O CCG anterior ficou revogado nesse instante, sem distrato (cláusula 3.101).",
    "contrato.aditamento_eficaz": "O aditamento passou a ter eficácia (cláusula 3.95).",
}

DITOS = ("mes", "energia_mwh", "unidade", "a_partir_de", "ano", "comunicado", "motivo")  # that its sentences name
DO_PROINFA = {
    "contrato.cota_publicada": "A cota do PROINFA de {mes} foi publicada: {energia_mwh} MWh. Quem não discorda no "
    "prazo aceita, sem volta (cláusula 3.40.1).",
    "contrato.cota_pendente": "A cota do PROINFA ainda não pode ser calculada. {motivo}",
    "contrato.cota_no_acep": "A unidade {unidade} está sem cota do PROINFA desde {a_partir_de}: o contrato foi "
    "finalizado e a cota passou ao ACEP (cláusula 3.44.2).",
    "contrato.cotistas_informados": "As cotas do PROINFA de {ano} estão sazonalizadas (cláusula 3.67). {comunicado}",
}


def page_of(numero: str) -> str:
    return papel.link(reverse("contratos:contrato", args=[numero]))


def of(envio: Envio, lote: Lote) -> list[Ficha]:
    """Only of companies that this person still acts for."""
    about: defaultdict[str, list[Evento]] = defaultdict(list)
    for numero in envio.dados.get("eventos", ()):
        evento = lote.eventos.get(numero)
        empresa = lote.por_cnpj.get(evento.cnpj) if evento else None
        if evento and empresa and lote.alters(envio.destinatario_id, empresa.pk):
            about[number_of(evento)].append(evento)
    cards = [_card(numero, eventos, lote) for numero, eventos in about.items()]
    return [card for card in cards if card is not None]


def _card(numero: str, eventos: Sequence[Evento], lote: Lote) -> Ficha | None:
    """Both sides have an entry of the same thing: whoever acts for both reads it once. None where all was undone."""
    if eventos[0].tipo in historicos.DITOS:
        return historicos.card(eventos)
    moves = list(_moves(eventos, lote))
    sentences = list(dict.fromkeys(_sentence(evento) for evento in eventos if evento.tipo != MUDANCA))
    if moves:
        reasons = dict.fromkeys(visible(str(e.dados.get("por", ""))) for e in eventos if e.tipo == MUDANCA)
        what = "Mudou um prazo" if len(moves) == 1 else f"Mudaram {len(moves)} prazos"
        sentences.append(f"{what}. Por quê: {'; '.join(reasons)}.")
    if not sentences:
        return None
    shown, first = visible(numero), sentences[0].partition(". ")[0].rstrip(".")
    others = " e outras novidades" if len(sentences) > 1 else ""
    return Ficha(
        titulo=f"Contrato {shown}: {first[:1].lower()}{first[1:]}{others}.",
        frases=tuple(sentences),
        dados=tuple(moves),
        links=(Link(f"Abrir o contrato {shown}", page_of(numero)),),
    )


def _moves(eventos: Sequence[Evento], lote: Lote) -> Iterator[tuple[str, str]]:
    """(activity, before → after). One that moved more than once: from where it was at first to where it is at last."""
    path: dict[tuple[str, str, str], tuple[object, object]] = {}
    for evento in eventos:
        if evento.tipo == MUDANCA:
            before, _ = path.get(key_of(evento), (evento.dados.get("prazo_anterior"), None))
            path[key_of(evento)] = before, evento.dados.get("vence_em")
    for key, (before, after) in path.items():
        if before != after:
            yield visible(lote.atividades.get(key, key[2])), f"{_day(before, lote)} → {_day(after, lote)}"


def _sentence(evento: Evento) -> str:
    dados = evento.dados
    match evento.tipo:
        case "contrato.fluxo_aberto":
            return f"Foi aberto o fluxo “{_procedure(dados)}”."
        case "contrato.fluxo_cancelado":
            motivo = visible(str(dados.get("motivo", "")).rstrip("."))
            return f"Foi cancelado o fluxo “{_procedure(dados)}”{f': {motivo}' if motivo else ''}."
        case "contrato.documento_emitido":
            documento = visible(str(dados.get("documento", "")))
            return f"O documento “{documento}” está pronto para assinatura (SHA-256 {dados.get('sha256', '')})."
        case "contrato.sucessao_efetivada" | "contrato.sucessao_assumida":
            out, new = (visible(str(dados.get(nome, ""))) for nome in ("sucedida", "sucessora"))
            return f"{new} sucedeu a {out}: assume o que lhe cabia, no contrato {visible(str(dados.get('contrato')))}."
        case tipo if tipo in DE_GARANTIA:
            return DE_GARANTIA[tipo]
        case tipo if tipo in DO_PROINFA:
            told = {nome: visible(str(dados.get(nome, ""))) for nome in DITOS}
            return DO_PROINFA[tipo].format_map(told)
        case _:
            return _situation(str(dados.get("registro", "")))


def _situation(registro: str) -> str:
    if registro not in list(Registro):
        return ASSINADO
    return f"O contrato passou a “{NOMES[Registro(registro)]}”."


def _procedure(dados: dict[str, object]) -> str:
    codigo = str(dados.get("fluxo", ""))
    if codigo == MARCOS:
        return "Marcos até a assinatura"
    return PROCEDIMENTOS[codigo].nome if codigo in PROCEDIMENTOS else visible(codigo)


def _day(iso: object, lote: Lote) -> str:
    return palavras.day_in_words(date.fromisoformat(str(iso)), lote.calendario) if iso else "sem data"
