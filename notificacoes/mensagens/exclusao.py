"""Certificates that left the servers without a request of the company: they expired, or operations removed them."""

from collections.abc import Sequence

from notificacoes.domain import motivos, palavras
from notificacoes.domain.folha import Ficha, Link, Paragrafo, Titulo
from notificacoes.mensagens import papel
from notificacoes.mensagens.carta import Carta, Desistencia
from notificacoes.mensagens.lote import Empresa, Lote
from notificacoes.models import Envio
from portal import clock
from portal.auditoria.models import Evento
from portal.kernel.cnpj import mask
from portal.kernel.text import visible

SEM_CERTIFICADO = (
    "A empresa ficou sem certificado em uso: o acesso dela à Plataforma está parado até que um seja incluído."
)
INCLUIR = (
    "Peça à sua certificadora um certificado novo, abra “Atualizar cadastro”, acima, envie o arquivo .cer e clique em "
    "“Concluir solicitação”."
)
PEDIR = "Só o representante CCEE da empresa pode enviar um certificado novo: confirme com ele."
RECUSADAS = "Conexões feitas com o certificado excluído são recusadas."


def write(envio: Envio, lote: Lote) -> Carta | Desistencia:
    entries = [lote.eventos[numero] for numero in envio.dados["eventos"] if numero in lote.eventos]
    about = [(evento, lote.por_cnpj[evento.cnpj]) for evento in entries if evento.cnpj in lote.por_cnpj]
    due = [(evento, empresa) for evento, empresa in about if lote.represents(envio.destinatario_id, empresa.pk)]
    if not due:
        return papel.cancelled(motivos.NAO_REPRESENTA)
    alters = any(lote.alters(envio.destinatario_id, empresa.pk) for _, empresa in due)
    what = "Este certificado foi excluído" if len(due) == 1 else f"Estes {len(due)} certificados foram excluídos"
    return papel.write(
        envio,
        lote,
        assunto=_subject(due),
        blocos=[
            Paragrafo(f"{what} dos servidores da CCEE:"),
            *(_card(evento, empresa, lote, alters=alters) for evento, empresa in due),
            Titulo("Para voltar a conectar"),
            Paragrafo(f"{INCLUIR if alters else PEDIR} {RECUSADAS}"),
        ],
        porque="Você recebe esta mensagem porque representa a empresa.",
    )


def _subject(due: Sequence[tuple[Evento, Empresa]]) -> str:
    sigla = visible(due[0][1].sigla)
    if len(due) == 1:
        return f"Certificado de {sigla} foi excluído dos servidores"
    return f"{len(due)} certificados foram excluídos dos servidores ({sigla})"


def _card(evento: Evento, empresa: Empresa, lote: Lote, *, alters: bool) -> Ficha:
    sigla, sha256 = visible(empresa.sigla), str(evento.dados.get("sha256", ""))
    when = evento.at.astimezone(papel.tz())
    day = palavras.day_in_words(when.date(), lote.calendario)
    reason = visible(str(evento.dados.get("motivo", "")).rstrip(".")) or "Excluído pela operação"
    return Ficha(
        titulo=f"{sigla}: {visible(evento.objeto)} foi excluído dos servidores: {day}, às {when:%Hh%M}.",
        frases=(f"Por quê: {reason}.", _left(empresa, lote)),
        dados=(
            ("Empresa", f"{visible(empresa.razao_social)} ({sigla}), CNPJ {mask(empresa.cnpj)}"),
            ("Titular", visible(lote.titulares.get((empresa.cnpj, sha256), ""))),
            ("SHA-256", sha256),
        ),
        links=(Link(f"{'Atualizar cadastro' if alters else 'Ver a empresa'} ({sigla})", papel.page_of(empresa)),),
    )


def _left(empresa: Empresa, lote: Lote) -> str:
    rows = [row for row in lote.em_uso.get(empresa.pk, ()) if row.valid_until >= lote.now]
    if not rows:
        return SEM_CERTIFICADO
    until, how_many = clock.local_date(rows[0].valid_until), palavras.counted(len(rows), "certificado", "certificados")
    return f"A empresa continua com {how_many} em uso, até {until:%d/%m/%Y}."
