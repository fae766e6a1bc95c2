"""Who may enter, asked in the order in which a stranger learns least and costs least: the password comes last."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TENTATIVAS = 10  # wrong passwords with one certificate
JANELA = timedelta(minutes=10)


class Motivo(StrEnum):
    AUTORIZADO = "autorizado"
    USUARIO_DESCONHECIDO = "usuario-desconhecido"
    AGENTE_IMPEDIDO = "agente-impedido"
    SEM_ADESAO = "sem-adesao"
    CERTIFICADO_AUSENTE = "certificado-ausente"
    CERTIFICADO_DESCONHECIDO = "certificado-desconhecido"
    CERTIFICADO_DE_OUTRO = "certificado-de-outro"
    CERTIFICADO_EXCLUIDO = "certificado-excluido"
    CERTIFICADO_AINDA_NAO_VIGENTE = "certificado-ainda-nao-vigente"
    CERTIFICADO_VENCIDO = "certificado-vencido"
    SENHA_INCORRETA = "senha-incorreta"
    MUITAS_TENTATIVAS = "muitas-tentativas"


PALAVRAS = {
    Motivo.AUTORIZADO: "Acesso autorizado.",
    Motivo.USUARIO_DESCONHECIDO: "Não há agente com este CNPJ. O usuário sistêmico são as 14 posições do CNPJ.",
    Motivo.AGENTE_IMPEDIDO: "O agente está suspenso ou desligado. Fale com o atendimento.",
    Motivo.SEM_ADESAO: "O agente ainda não aderiu à plataforma. O representante CCEE conclui a adesão no portal.",
    Motivo.CERTIFICADO_AUSENTE: "Nenhum certificado foi apresentado na conexão TLS.",
    Motivo.CERTIFICADO_DESCONHECIDO: (
        "Este certificado não está cadastrado. Compare o SHA-256 com o da página Teste sua conexão."
    ),
    Motivo.CERTIFICADO_DE_OUTRO: "Este certificado está cadastrado para outro CNPJ.",
    Motivo.CERTIFICADO_EXCLUIDO: "Este certificado foi excluído do cadastro. Use o que está em serviço.",
    Motivo.CERTIFICADO_AINDA_NAO_VIGENTE: "O certificado ainda não começou a valer.",
    Motivo.CERTIFICADO_VENCIDO: "O certificado venceu. Cadastre outro em Atualizar cadastro.",
    Motivo.SENHA_INCORRETA: (
        "A senha do usuário sistêmico não confere: são 8 números, definidos pelo representante CCEE no portal."
    ),
    Motivo.MUITAS_TENTATIVAS: (
        f"Foram {TENTATIVAS} senhas erradas com este certificado em {JANELA.seconds // 60} minutos. Corrija a senha no "
        "sistema e aguarde."
    ),
}
# Whose password or user name is wrong is asked for it again (401); with all else asking again is no use (403).
PEDEM_SENHA = frozenset({Motivo.USUARIO_DESCONHECIDO, Motivo.SENHA_INCORRETA})


@dataclass(frozen=True, slots=True)
class Certificado:
    """In service, of the agente that asks."""

    pk: int
    valid_from: datetime
    valid_until: datetime
    falhas: int  # wrong passwords since `falhas_desde`
    falhas_desde: datetime | None


def of_agente(*, existe: bool, impedido: bool, aderiu: bool) -> Motivo | None:
    """None where nothing speaks against it."""
    if not existe:
        return Motivo.USUARIO_DESCONHECIDO
    if impedido:
        return Motivo.AGENTE_IMPEDIDO
    return None if aderiu else Motivo.SEM_ADESAO


def of_certificado(certificado: Certificado, *, now: datetime) -> Motivo | None:
    """`valid_until` is the last second in which it is valid (RFC 5280, 4.1.2.5)."""
    if now < certificado.valid_from:
        return Motivo.CERTIFICADO_AINDA_NAO_VIGENTE
    return Motivo.CERTIFICADO_VENCIDO if now > certificado.valid_until else None


def locked(certificado: Certificado, *, now: datetime) -> bool:
    """For a password that is not known already to be right: what works goes on working."""
    return recent(certificado, now=now) >= TENTATIVAS


def recent(certificado: Certificado, *, now: datetime) -> int:
    """Wrong passwords that still count."""
    desde = certificado.falhas_desde
    return certificado.falhas if desde is not None and now - desde < JANELA else 0
