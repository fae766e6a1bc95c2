"""Consumption histories as cards: what waits for this person's company, and what became of what it declared (3.43)."""

from collections.abc import Sequence

from django.urls import reverse

from notificacoes.domain import palavras
from notificacoes.domain.folha import Ficha, Link
from notificacoes.mensagens import papel
from portal.auditoria.models import Evento
from portal.kernel.text import visible

DITOS = {
    "contrato.historico_declarado": "{declarante} declarou {meses} e cabe à sua empresa validar ou devolver, com o "
    "motivo (cláusula 3.39.1). Sem histórico validado não há cota do PROINFA (cláusula 3.43).",
    "contrato.historico_validado": "O que {declarante} declarou ({meses}) foi validado e já conta para a cota do "
    "PROINFA (cláusula 3.39.1).",
    "contrato.historico_devolvido": "O que {declarante} declarou ({meses}) foi devolvido. Motivo: {motivo}. Corrija e "
    "declare outro (cláusula 3.39.1).",
}


def card(eventos: Sequence[Evento]) -> Ficha:
    """Of one unit, or of one distributor's area. Whoever acts for both sides reads each thing once."""
    sentences = list(dict.fromkeys(_sentence(evento) for evento in eventos))
    first = sentences[0].partition(". ")[0].partition(" e cabe ")[0].rstrip(".")
    others = " e outras novidades" if len(sentences) > 1 else ""
    return Ficha(
        titulo=f"Histórico de consumo, {visible(eventos[0].objeto)}: {_lowered(first)}{others}.",
        frases=tuple(sentences),
        dados=(),
        links=(Link("Abrir os históricos de consumo", papel.link(reverse("historicos"))),),
    )


def _sentence(evento: Evento) -> str:
    meses = evento.dados.get("meses")
    told = {nome: visible(str(evento.dados.get(nome, ""))).rstrip(".") for nome in ("declarante", "motivo")}
    counted = palavras.counted(meses if isinstance(meses, int) else 0, "mês", "meses")
    return DITOS[evento.tipo].format_map({**told, "meses": counted})


def _lowered(text: str) -> str:
    """After a colon; a company's name stays as it is."""
    return text[:1].lower() + text[1:] if text.startswith("O ") else text
