"""Certificates in use that a rule set to come would not take: which, why, from when and what to do."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from notificacoes.domain import motivos, palavras
from notificacoes.domain.folha import Ficha, Link, Paragrafo, Passos, Titulo
from notificacoes.mensagens import papel
from notificacoes.mensagens.carta import Carta, Desistencia
from notificacoes.mensagens.lote import Empresa, Lote
from notificacoes.models import Envio
from portal.auditoria.models import Evento
from portal.kernel.cnpj import mask
from portal.kernel.text import visible

CONTINUA = (
    "O certificado em uso não é excluído por causa da mudança: vale até o fim da sua validade. O que muda é o que pode "
    "ser incluído a partir da data indicada, e por isso o próximo precisa seguir as regras novas."
)
PASSOS = (
    "Confira com a sua certificadora se ela emite um certificado que atenda ao exigido acima, e em que prazo.",
    "Peça o certificado novo antes do fim da validade do que está em uso.",
    "Abra “Atualizar cadastro”, acima, substitua o certificado e clique em “Concluir solicitação”.",
)


class Item(NamedTuple):
    evento: Evento
    empresa: Empresa
    dito: Mapping[str, Any]


def write(envio: Envio, lote: Lote) -> Carta | Desistencia:
    due = list(_due(envio, lote))
    if not due:
        return papel.cancelled(_why_not(envio, lote))
    what = "um certificado em uso não seria aceito" if len(due) == 1 else f"{len(due)} certificados não seriam aceitos"
    first = visible(due[0].empresa.sigla)
    return papel.write(
        envio,
        lote,
        assunto=f"Novas regras de certificados: {what} ({first})",
        blocos=[
            Paragrafo(f"As regras para incluir certificados vão mudar e, com elas, {what}:"),
            *(_card(item, lote) for item in due),
            Titulo("O que acontece com o que está em uso"),
            Paragrafo(CONTINUA),
            Titulo("O que fazer"),
            Passos(PASSOS),
        ],
        porque="Você recebe esta mensagem porque é representante CCEE da empresa.",
    )


def _due(envio: Envio, lote: Lote) -> Iterator[Item]:
    """Of companies that the person still acts for, what is still in use."""
    for numero in envio.dados["eventos"]:
        evento = lote.eventos.get(numero)
        empresa = lote.por_cnpj.get(evento.cnpj) if evento else None
        if evento is None or empresa is None or not lote.alters(envio.destinatario_id, empresa.pk):
            continue
        in_use = {row.pk for row in lote.em_uso.get(empresa.pk, ()) if row.valid_until >= lote.now}
        for dito in evento.dados["certificados"]:
            if dito["certificado"] in in_use:
                yield Item(evento, empresa, dito)


def _why_not(envio: Envio, lote: Lote) -> str:
    companies = [lote.por_cnpj[cnpj] for cnpj in envio.dados["cnpjs"] if cnpj in lote.por_cnpj]
    acts = any(lote.alters(envio.destinatario_id, empresa.pk) for empresa in companies)
    return motivos.FORA_DE_SERVICO if acts else motivos.NAO_REPRESENTA


def _card(item: Item, lote: Lote) -> Ficha:
    evento, empresa, dito = item
    sigla, since, until = visible(empresa.sigla), _day(dito["reprovado_desde"]), _day(dito["valido_ate"])
    rules = [
        f"{rule['titulo']}: {rule['encontrado']}. Exigido: {rule['exigido']}. {rule['como_resolver']}".strip()
        for rule in dito["regras"]
    ]
    return Ficha(
        titulo=f"{sigla}: {visible(dito['arquivo'])} não seria aceito a partir de {palavras.numeric(since.date())}.",
        frases=tuple(visible(rule, 900) for rule in rules),
        dados=(
            ("Empresa", f"{visible(empresa.razao_social)} ({sigla}), CNPJ {mask(empresa.cnpj)}"),
            ("Regras novas", f"{visible(str(evento.dados['titulo']))} ({visible(evento.objeto)})"),
            ("Em uso até", palavras.day_in_words(until.date(), lote.calendario)),
            ("SHA-256", str(dito["sha256"])),
        ),
        links=(Link(f"Atualizar cadastro ({sigla})", papel.page_of(empresa)),),
    )


def _day(iso: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone(papel.tz())
