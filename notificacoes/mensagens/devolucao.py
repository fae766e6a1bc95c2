"""To the other contacts of a company: a message to one of them came back. Its text is not repeated here."""

from datetime import date

from notificacoes.domain import motivos, palavras
from notificacoes.domain.folha import Ficha, Link, Paragrafo, Passos, Titulo
from notificacoes.mensagens import papel
from notificacoes.mensagens.carta import Carta, Desistencia
from notificacoes.mensagens.lote import Empresa, Lote
from notificacoes.models import Envio, Tipo
from portal import clock
from portal.kernel.text import visible


def write(envio: Envio, lote: Lote) -> Carta | Desistencia:
    bounced = lote.devolvidos[envio.dados["envio"]]
    absent = lote.pessoas[bounced.destinatario_id]
    empresas = [one for one in companies(bounced, lote) if lote.represents(envio.destinatario_id, one.pk)]
    if bounced.tipo == Tipo.DEVOLUCAO:
        # Two dead addresses would otherwise tell of each other for ever.
        return papel.cancelled("a mensagem devolvida já falava de outra devolução")
    if not empresas:
        return papel.cancelled(motivos.NAO_REPRESENTA)
    if bounced.endereco and absent.email.lower() != bounced.endereco.lower():
        return papel.cancelled("o endereço já foi corrigido")
    siglas, nome = palavras.joined([visible(one.sigla) for one in empresas]), visible(absent.nome)
    return papel.write(
        envio,
        lote,
        assunto=f"E-mail para {visible(absent.nome, 60)} voltou ({visible(empresas[0].sigla)})",
        blocos=[
            Paragrafo(f"Um e-mail do portal para {nome}, que também representa {siglas}, voltou sem ser entregue."),
            Ficha(
                titulo="",
                frases=_lost(bounced, empresas, lote),
                dados=(
                    ("Endereço usado", visible(bounced.endereco or absent.email)),
                    ("Sobre", _about(bounced)),
                    ("O que o servidor de lá respondeu", visible(bounced.devolucao, 300) or "não disse o motivo"),
                ),
                links=tuple(Link(f"Ver {visible(one.sigla)}", papel.page_of(one)) for one in empresas),
            ),
            Titulo("O que fazer"),
            Passos(
                (
                    f"Confira com {nome} se o endereço está certo. A correção do cadastro é feita pelo atendimento.",
                    f"Enquanto isso, não conte com que {nome} receba os avisos da empresa.",
                )
            ),
        ],
        porque=f"Você recebe esta mensagem porque também representa {siglas}.",
    )


def _about(bounced: Envio) -> str:
    sent = f", de {bounced.sent_at.astimezone(papel.tz()):%d/%m/%Y às %Hh%M}" if bounced.sent_at else ""
    return f"{bounced.get_tipo_display().lower()}{sent}"


def _lost(bounced: Envio, empresas: list[Empresa], lote: Lote) -> tuple[str, ...]:
    """What the person now does not know."""
    ends = [devido.vence_em for devido in lote.avisos.get(bounced.pk, ()) if devido.empresa in empresas]
    return (f"A mensagem avisava de um certificado que {_expiry(clock.local_date(min(ends)), lote)}.",) if ends else ()


def _expiry(day: date, lote: Lote) -> str:
    """In the past tense where it is over: this mail may come after."""
    if day < lote.hoje:
        return f"venceu em {day:%d/%m/%Y}"
    return palavras.expiry(day, today=lote.hoje, calendario=lote.calendario)


def companies(bounced: Envio, lote: Lote) -> list[Empresa]:
    """Those that the bounced message was about, each once."""
    numbers = (*bounced.dados.get("eventos", ()), bounced.dados.get("evento", 0))
    cnpjs = [lote.eventos[numero].cnpj for numero in numbers if numero in lote.eventos]
    cnpjs += bounced.dados.get("cnpjs", ())
    found = [lote.por_cnpj[cnpj] for cnpj in cnpjs if cnpj in lote.por_cnpj]
    return list(dict.fromkeys([*found, *(devido.empresa for devido in lote.avisos.get(bounced.pk, ()))]))
