"""Who may register a certificate for an account, and in what words everybody else is refused."""

from dataclasses import dataclass

from portal.mercado.perfil import Quem
from portal.mercado.texto import Texto, texto

DE_PRODUTOR = texto(
    "Os certificados de produtores são registrados pelo formulário da seção POZE, e não aqui. Envie o formulário."
)
EMPRESA_NOVA = texto(
    "Esta empresa ainda não tem nenhum certificado: o primeiro registro é feito pelo próprio operador do mercado. "
    "Escreva para o contato de cadastro."
)
SEM_VALIDO = texto(
    "Nenhum certificado desta conta é válido agora, e por isso quem registra o próximo é a pessoa que administra as "
    "contas da empresa. Peça a ela."
)
DE_OUTRA_PESSOA = texto(
    "Só a pessoa que administra as contas da empresa, ou o titular desta conta, pode registrar certificados nela."
)
SO_O_PRIMEIRO = texto(
    "O operador do mercado registra apenas os certificados de uma empresa nova. Os seguintes são registrados pela "
    "empresa."
)
DESATIVADA = texto("Esta conta está desativada. Nada pode ser registrado nela.")


@dataclass(frozen=True, slots=True)
class Pedinte:
    """What the one who asks is to the account."""

    operador: bool = False
    administra: bool = False
    titular: bool = False
    tem_valido: bool = False  # the account's owner holds a certificate in force


@dataclass(frozen=True, slots=True)
class Alvo:
    """The account that is asked for. `nova`: no certificate was ever registered for the company."""

    nova: bool = False
    produtor: bool = False
    ativa: bool = True


def refusal(pedinte: Pedinte, alvo: Alvo, quem: frozenset[Quem]) -> Texto | None:
    """None where they may."""
    if not alvo.ativa:
        return DESATIVADA
    if pedinte.operador:
        allowed = Quem.OPERADOR in quem and (alvo.nova or alvo.produtor)
        return None if allowed else SO_O_PRIMEIRO
    if alvo.produtor:
        return DE_PRODUTOR
    if alvo.nova and Quem.OPERADOR in quem:
        return EMPRESA_NOVA
    return _of_company(pedinte, quem)


def _of_company(pedinte: Pedinte, quem: frozenset[Quem]) -> Texto | None:
    if pedinte.administra and Quem.ADMINISTRADOR in quem:
        return None
    if pedinte.titular and Quem.TITULAR in quem:
        return None if pedinte.tem_valido else SEM_VALIDO
    return DE_OUTRA_PESSOA
