"""Who registers the next pair of an account, told to one person by the very rule that the page goes by."""

from datetime import datetime

from django.utils.translation import gettext as _

from notificacoes.mensagens.dados_de_pares import DoPar
from portal.contas import selectors
from portal.contas.domain import quem
from portal.contas.traducao import traduzir
from portal.kernel.text import visible
from portal.mercado.texto import texto

NOMES = 3  # administrators that are named


def advise(found: DoPar, pessoa: int, now: datetime) -> tuple[bool, str]:
    """Whether this person may register it, and what to do."""
    conta = found.par.conta
    valid = any(par.valid_from <= now <= par.valid_until for par in (found.par, *found.outros))
    titular = conta.usuario_id == pessoa
    asks = quem.Pedinte(administra=pessoa in found.administram, titular=titular, tem_valido=titular and valid)
    refused = quem.refusal(asks, quem.Alvo(produtor=conta.empresa.produtor), selectors.regras().quem)
    if refused == quem.SEM_VALIDO:
        return False, f"{traduzir(refused)} {_whom(found)}".strip()
    if refused:
        return False, traduzir(refused)
    return True, _of_administrator(valid=valid) if not titular else _of_owner(administra=asks.administra)


def _whom(found: DoPar) -> str:
    names = ", ".join([visible(nome, 80) for nome in found.administram.values()][:NOMES])
    return traduzir(texto("Quem administra: %(nomes)s.", nomes=names)) if names else ""


def _of_owner(*, administra: bool) -> str:
    if administra:
        return _("Peça o próximo certificado a uma das autoridades permitidas e registre-o pelo endereço acima.")
    return _(
        "Peça o próximo certificado a uma das autoridades permitidas e registre-o pelo endereço acima enquanto a conta "
        "tiver um par válido. Depois, só a pessoa que administra as contas da empresa pode registrá-lo."
    )


def _of_administrator(*, valid: bool) -> str:
    if valid:
        return _(
            "O titular, ou você, pode registrar o próximo par pelo endereço acima enquanto a conta tiver um válido; "
            "depois, só quem administra as contas da empresa."
        )
    return _(
        "A conta não tem mais par válido: só quem administra as contas da empresa pode registrar o próximo, pelo "
        "endereço acima."
    )


def why(found: DoPar, pessoa: int) -> str:
    if found.par.conta.usuario_id == pessoa:
        return _("Você recebe este aviso porque é titular da conta.")
    return _("Você recebe este aviso porque administra as contas da empresa.")
