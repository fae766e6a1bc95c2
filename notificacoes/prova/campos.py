"""What of each notice is told, in this order, wherever it is told."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from notificacoes.selectors.prova import Linha, Prova
from portal.kernel.cnpj import mask
from portal.kernel.text import visible


def moment(instant: datetime | None) -> str:
    """São Paulo time, to the second."""
    return f"{instant.astimezone(ZoneInfo(settings.FUSO)):%d/%m/%Y %H:%M:%S}" if instant else ""


def of_certificate(prova: Prova) -> dict[str, str]:
    certificado = prova.certificado
    until = (
        "" if certificado.removed_at is None else f"{moment(certificado.removed_at)} ({visible(certificado.motivo)})"
    )
    return {
        "Empresa": visible(certificado.agente.razao_social),
        "Sigla": visible(certificado.agente.sigla),
        "CNPJ": mask(certificado.agente.cnpj),
        "Certificado": visible(certificado.nome_arquivo),
        "Titular": visible(certificado.titular, 500),
        "Número de série": visible(certificado.numero_serie),
        "SHA-256": certificado.sha256,
        "Válido até": moment(certificado.valid_until),
        "Incluído em": moment(certificado.included_at),
        "Fora de uso desde": until,
    }


def of_line(linha: Linha) -> dict[str, str]:
    """All the fields of a notice; those that do not apply are ''."""
    envio = linha.envio
    return {
        "Aviso": linha.titulo,
        "Previsto para": f"{linha.previsto:%d/%m/%Y}",
        "Planejado em": moment(linha.planejado_at),
        "Destinatário": visible(linha.nome),
        "Papel": linha.papel,
        "Endereço": visible(envio.endereco) if envio else "",
        "Estado": linha.estado.texto,
        "Motivo": visible(linha.motivo, 300),
        "Enviado em": moment(envio.sent_at) if envio else "",
        "Message-ID": f"<{visible(envio.message_id, 300)}>" if envio else "",
        "Resposta do servidor": visible(envio.smtp_resposta, 500) if envio else "",
        "Tentativas": str(envio.tentativas) if envio else "",
        "Repetições": str(envio.repeticoes) if envio else "",
        "Devolvido em": moment(envio.devolvida_at) if envio else "",
        "Devolução": visible(envio.devolucao, 500) if envio else "",
        "SHA-256 da mensagem": envio.corpo_sha256 if envio else "",
    }


def checked_against(prova: Prova) -> str:
    numero, digest = prova.cabeca
    return f"Gerado em {moment(prova.gerada_at)} (horário de Brasília). Trilha até a entrada {numero}, hash {digest}."
