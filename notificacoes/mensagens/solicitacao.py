"""The receipt of a request, to all who represent the company. It never holds a password."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from notificacoes.domain import motivos, palavras
from notificacoes.domain.folha import Ficha, Link, Paragrafo
from notificacoes.mensagens import papel
from notificacoes.mensagens.carta import Carta, Desistencia
from notificacoes.mensagens.exclusao import SEM_CERTIFICADO
from notificacoes.mensagens.lote import Lote
from notificacoes.models import Envio
from portal import clock
from portal.kernel.cnpj import mask
from portal.kernel.text import visible

SENHA = {
    "definida": "definida nesta solicitação; ela não aparece em e-mail nenhum nem no portal",
    "alterada": "alterada nesta solicitação; ela não aparece em e-mail nenhum nem no portal",
    "mantida": "mantida",
}
ASSUNTOS = {
    "definida": "Adesão de {sigla} concluída",
    "alterada": "Senha do usuário sistêmico de {sigla} alterada",
    "mantida": "Certificados de {sigla} alterados",
}


def write(envio: Envio, lote: Lote) -> Carta | Desistencia:
    feita = lote.solicitacoes[envio.dados["protocolo"]]
    recibo: Mapping[str, Any] = feita.recibo or {}
    empresa = lote.por_cnpj[recibo["cnpj"]]
    if not lote.represents(envio.destinatario_id, empresa.pk):
        return papel.cancelled(motivos.NAO_REPRESENTA)
    sigla, por = visible(recibo["sigla"]), visible(recibo["por"])
    subject = ASSUNTOS[recibo["senha"]].format(sigla=sigla)
    when = (feita.closed_at or lote.now).astimezone(papel.tz())
    left = recibo["em_servico"]
    return papel.write(
        envio,
        lote,
        assunto=subject,
        blocos=[
            Paragrafo(f"{subject}: recibo da solicitação {feita.protocolo}."),
            Ficha(
                titulo="",
                dados=(
                    ("Concluída", f"{palavras.day_in_words(when.date(), lote.calendario)}, às {when:%Hh%M}"),
                    ("Por", por),
                    ("Empresa", f"{visible(recibo['razao_social'])} ({sigla})"),
                    ("Usuário", f"o CNPJ, {mask(recibo['cnpj'])}"),
                    ("Senha", SENHA[recibo["senha"]]),
                ),
                links=(Link("Recibo no portal", _receipt(recibo["cnpj"], envio.dados["protocolo"])),),
            ),
            *(_certificate("Certificado incluído", linha) for linha in recibo["incluidos"]),
            *(_certificate("Certificado excluído", linha) for linha in recibo["excluidos"]),
            Paragrafo(f"Certificados da empresa em uso ao concluir: {left}." if left else SEM_CERTIFICADO),
            Paragrafo(f"Se você não esperava esta mudança, fale logo com {por} ou com o atendimento."),
        ],
        porque=f"Você recebe este recibo porque representa {sigla}.",
    )


def _receipt(cnpj: str, protocolo: str) -> str:
    return papel.link(reverse("adesao:recibo", args=[cnpj, protocolo]))


def _certificate(what: str, linha: Mapping[str, str]) -> Ficha:
    until = clock.local_date(datetime.fromisoformat(linha["valid_until"]))
    return Ficha(
        titulo=f"{what}: {visible(linha['nome'])}, válido até {until:%d/%m/%Y}",
        dados=(("Titular", visible(linha["titular"])), ("SHA-256", visible(linha["sha256"]))),
    )
