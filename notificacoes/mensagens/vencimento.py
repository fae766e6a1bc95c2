"""The notice that certificates end: computed when it leaves, so that "em 5 dias" is true on that day."""

from collections.abc import Sequence
from datetime import date

from notificacoes.domain import marcos, motivos, palavras
from notificacoes.domain.folha import Bloco, Ficha, Link, Paragrafo, Passos, Titulo
from notificacoes.mensagens import papel
from notificacoes.mensagens.carta import Carta, Desistencia
from notificacoes.mensagens.lote import Devido, Lote, Perdido
from notificacoes.models import Envio, Situacao
from portal import clock
from portal.kernel.cnpj import mask
from portal.kernel.text import visible

# The manual, page 4: the date, and that it will be removed from the servers.
SERA_EXCLUIDO = (
    "O certificado expira em {dia} e, nesse dia, será excluído dos servidores da CCEE: as conexões feitas com ele "
    "param."
)
SEM_OUTRO = "Nenhum outro certificado da empresa em uso vale por mais tempo: sem a troca, o acesso dela para."
O_QUE_FAZER = Passos(
    (
        "Peça à sua certificadora um certificado novo: servidor web (SSL) da ICP-Brasil, RSA 2048, validade menor que "
        "395 dias.",
        "Exporte só a parte pública, em um arquivo .cer (DER). Nunca envie a chave privada.",
        "Abra “Atualizar cadastro”, acima, e envie o arquivo. A empresa pode ter dois certificados em uso: o novo já "
        "vale enquanto o antigo não termina.",
        "Clique em “Concluir solicitação” e passe a usar o certificado novo nas suas conexões.",
    )
)
PEDIR = Paragrafo(
    "Confirme com o representante CCEE da empresa que a troca está em andamento: só ele pode enviar o certificado novo."
)


def write(envio: Envio, lote: Lote) -> Carta | Desistencia:
    planned = [devido for devido in lote.avisos.get(envio.pk, ()) if devido.situacao == Situacao.PLANEJADA]
    reasons = [_no_longer_due(devido, lote) for devido in planned]
    due = [devido for devido, reason in zip(planned, reasons, strict=True) if not reason]
    if not due:
        return papel.cancelled(reasons[0] if reasons else "nenhum aviso a dar")
    alters = any(lote.alters(devido.usuario, devido.empresa.pk) for devido in due)
    return papel.write(
        envio,
        lote,
        assunto=_subject(due, lote),
        blocos=_blocks(due, lote, alters=alters),
        porque=_why(due, alters=alters),
        devidos=tuple(due),
        dispensavel=not alters,
    )


def _no_longer_due(devido: Devido, lote: Lote) -> str:
    """Why this one is not told any more; '' where it is. The plan says the same at its next turn."""
    if devido.slot is None:
        return motivos.FORA_DE_SERVICO
    if devido.valid_until < lote.now:
        return motivos.VENCEU
    if not lote.represents(devido.usuario, devido.empresa.pk):
        return motivos.NAO_REPRESENTA
    if devido.usuario in lote.dispensados and not lote.alters(devido.usuario, devido.empresa.pk):
        return motivos.DISPENSADA
    return ""


def _subject(due: Sequence[Devido], lote: Lote) -> str:
    ends = clock.local_date(due[0].vence_em)
    days, sigla = palavras.days_left((ends - lote.hoje).days), visible(due[0].empresa.sigla)
    if len(due) > 1:
        return f"{len(due)} certificados vencem; o primeiro {days} ({sigla})"
    return f"Certificado de {sigla} vence {days} ({palavras.numeric(ends)})"


def _blocks(due: Sequence[Devido], lote: Lote, *, alters: bool) -> list[Bloco]:
    what = f"Estes {len(due)} certificados cadastrados" if len(due) > 1 else "Este certificado cadastrado"
    near = "estão" if len(due) > 1 else "está"
    return [
        Paragrafo(f"{what} na Plataforma de Integração {near} perto do fim da validade:"),
        *(_card(devido, lote) for devido in due),
        Titulo("O que fazer"),
        O_QUE_FAZER if alters else PEDIR,
    ]


def _card(devido: Devido, lote: Lote) -> Ficha:
    empresa, ends = devido.empresa, clock.local_date(devido.vence_em)
    sigla = visible(empresa.sigla)
    alters = lote.alters(devido.usuario, empresa.pk)
    return Ficha(
        titulo=f"{sigla}: {visible(devido.nome_arquivo)} {_expiry(ends, lote)}.",
        frases=(
            SERA_EXCLUIDO.format(dia=palavras.numeric(ends)),
            *_missed(devido, lote, ends),
            _other(devido, lote),
            *(() if alters else (_who_alters(empresa.pk, lote),)),
        ),
        dados=(
            ("Empresa", f"{visible(empresa.razao_social)} ({sigla}), CNPJ {mask(empresa.cnpj)}"),
            ("Titular", visible(devido.titular)),
            ("Certificadora", visible(devido.certificadora)),
            ("Número de série", visible(devido.numero_serie)),
            ("SHA-256", devido.sha256),
        ),
        links=(Link(f"{'Atualizar cadastro' if alters else 'Ver a empresa'} ({sigla})", papel.page_of(empresa)),),
    )


def _expiry(ends: date, lote: Lote) -> str:
    """Of a batch many end on the same day."""
    if ends not in lote.prazos:
        lote.prazos[ends] = palavras.expiry(ends, today=lote.hoje, calendario=lote.calendario)
    return lote.prazos[ends]


def _missed(devido: Devido, lote: Lote, ends: date) -> list[str]:
    wider = lote.perdidos.get((devido.certificado, devido.usuario, devido.vence_em), ())
    wider = [one for one in wider if one.antecedencia > devido.antecedencia]
    return [_missed_words(one, marcos.due_on(ends, one.antecedencia), devido) for one in wider]


def _missed_words(missed: Perdido, due: date, devido: Devido) -> str:
    what = f"O aviso de {missed.antecedencia} dias, de {due:%d/%m/%Y},"
    if due < clock.local_date(devido.included_at):
        return f"{what} era anterior à inclusão do certificado."
    if missed.situacao == Situacao.MORTA:
        return f"{what} não pôde ser entregue."
    return f"{what} não foi enviado na sua data."


def _other(devido: Devido, lote: Lote) -> str:
    """Whether the company has another certificate that lasts longer."""
    rows = lote.em_uso.get(devido.empresa.pk, ())
    if not rows or rows[0].valid_until <= devido.vence_em:
        return SEM_OUTRO
    until = clock.local_date(rows[0].valid_until)
    return f"Outro certificado da empresa em uso, {visible(rows[0].nome_arquivo, 80)}, vale até {until:%d/%m/%Y}."


def _who_alters(agente_id: int, lote: Lote) -> str:
    names = palavras.joined([visible(nome, 80) for nome in lote.quem_altera.get(agente_id, ())][:3])
    return f"Quem troca é o representante CCEE da empresa{f': {names}' if names else ''}."


def _why(due: Sequence[Devido], *, alters: bool) -> str:
    siglas = list(dict.fromkeys(visible(devido.empresa.sigla) for devido in due))
    companies = palavras.joined(siglas) if len(siglas) <= 3 else f"{len(siglas)} empresas"
    return f"Você recebe este aviso porque é representante{' CCEE' if alters else ''} de {companies}."
