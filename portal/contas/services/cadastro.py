"""Companies and the accounts of their persons."""

from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.agentes import services as agentes
from portal.agentes.models import Usuario
from portal.auditoria.services import act, record
from portal.contas import selectors
from portal.contas.models import Conta, Empresa
from portal.contas.pedidos import Arquivos, Pessoa
from portal.contas.services.registro import register_pair
from portal.kernel.errors import Conflict, Forbidden, refusal
from portal.kernel.text import visible
from portal.mercado.registro import compact


@act()
def open_company(
    *, registro: str, nome: str, produtor: bool, pessoa: Pessoa, arquivos: Arquivos, por: Usuario, now: datetime
) -> Conta:
    """By the operator's staff alone: the company, its first administrator and the first pair, all or nothing."""
    if not (por.is_staff and por.has_perm(selectors.REGISTRA)):
        raise Forbidden(_("Só o operador do mercado cadastra uma empresa nova."))
    empresa = _empresa(registro, nome, produtor=produtor, now=now)
    record("conta.empresa_incluida", at=now, ator=por.username, cnpj=empresa.registro, objeto=empresa.nome)
    conta = _open(empresa, pessoa, administra=True, por=por, now=now)
    register_pair(conta, arquivos, por=por, now=now)
    return conta


def _empresa(registro: str, nome: str, *, produtor: bool, now: datetime) -> Empresa:
    known, number = selectors.regras().registro, compact(registro)
    if not known.valido(number):
        wrong = _("“%(dado)s” não é um %(nome)s: confira o número. Exemplo: %(exemplo)s.")
        raise refusal("registro", wrong % {"dado": registro[:40], "nome": known.nome, "exemplo": known.exemplo})
    if Empresa.objects.filter(registro=number).exists():
        raise refusal("registro", _("Já há uma empresa com este número."))
    return Empresa.objects.create(registro=number, nome=visible(nome, 199), produtor=produtor, created_at=now)


@act()
def open_account(empresa: Empresa, pessoa: Pessoa, *, administra: bool, por: Usuario, now: datetime) -> Conta:
    """By the person who administers that company's accounts. A new person gets an invitation to choose a password."""
    if not selectors.administers(por, empresa):
        raise Forbidden(_("Só a pessoa que administra as contas da empresa pode abrir uma conta nela."))
    return _open(empresa, pessoa, administra=administra, por=por, now=now)


def _open(empresa: Empresa, pessoa: Pessoa, *, administra: bool, por: Usuario, now: datetime) -> Conta:
    usuario = _person(pessoa, by=por.username, now=now)
    if Conta.objects.filter(empresa=empresa, usuario=usuario).exists():
        raise refusal("username", _("Esta pessoa já tem conta nesta empresa."))
    author = {"created_at": now, "created_by": por.username}
    conta = Conta.objects.create(empresa=empresa, usuario=usuario, administra=administra, **author)
    _record("conta.aberta", conta, by=por.username, now=now)
    return conta


def _person(pessoa: Pessoa, *, by: str, now: datetime) -> Usuario:
    """Somebody known by both user name and address, or a new person."""
    email = pessoa.email.strip().lower()
    found = Usuario.objects.filter(Q(username=pessoa.username) | Q(email__iexact=email)).first()
    if found is None:
        novo = Usuario(username=pessoa.username, nome=pessoa.nome, email=email)
        return _invited(novo, by=by, now=now)
    if found.username != pessoa.username or found.email.lower() != email or found.is_staff or not found.is_active:
        raise refusal("username", _("O usuário ou o e-mail já é de outra pessoa. Confira os dois."))
    return found


def _invited(novo: Usuario, *, by: str, now: datetime) -> Usuario:
    try:
        return agentes.save_usuario(novo, by=by, now=now, invite=True)
    except IntegrityError as error:
        raise Conflict(_("Outra pessoa acaba de usar este usuário ou e-mail. Nada foi alterado.")) from error


@act()
def change_account(conta: Conta, *, administra: bool, ativa: bool, by: str, now: datetime) -> Conta:
    """By operations, in the admin: who holds the right of administration, and whose account is closed."""
    before = Conta.objects.filter(pk=conta.pk).values("administra", "ativa").get()
    if before != {"administra": administra, "ativa": ativa}:
        conta.administra, conta.ativa = administra, ativa
        conta.save(update_fields=["administra", "ativa"])
        _record("conta.alterada", conta, by=by, now=now)
    return conta


def _record(tipo: str, conta: Conta, *, by: str, now: datetime) -> None:
    state = {"administra": conta.administra, "ativa": conta.ativa}
    record(tipo, at=now, ator=by, cnpj=conta.empresa.registro, objeto=conta.usuario.username, **state)
