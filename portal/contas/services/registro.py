"""Put a pair of certificates in service, in the place of another or not, and take one out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from certificados import services as certificados
from certificados.services import Facts
from portal.agentes.models import Usuario
from portal.auditoria.services import act, record
from portal.contas import selectors
from portal.contas.domain import quem
from portal.contas.domain.regras import Envio, judge
from portal.contas.models import Conta, Par, Parte, Uso
from portal.contas.pedidos import Arquivos
from portal.contas.traducao import traduzir
from portal.kernel.errors import Conflict, DomainError, Forbidden
from portal.kernel.rules import Verdict
from portal.kernel.text import visible
from portal.mercado.texto import texto

NAO_EXCLUI = texto("Só a pessoa que administra as contas da empresa, ou o titular desta conta, pode excluir um par.")


@dataclass(frozen=True, slots=True)
class Laudo:
    """The verdict on one file of the pair."""

    uso: str
    arquivo: str
    facts: Facts
    verdict: Verdict


class ParRecusado(DomainError):
    code, title = "certificado-recusado", "O par não pode ser registrado"

    def __init__(self, laudos: Sequence[Laudo]) -> None:
        super().__init__(_("Nada foi alterado. Veja abaixo o que cada certificado precisa ter."))
        self.laudos = laudos


def register_pair(
    conta: Conta, arquivos: Arquivos, *, por: Usuario, now: datetime, substitui: Par | None = None
) -> Par:
    """In force at once. Raises Forbidden, ParRecusado, Conflict; the last two leave what was there as it was."""
    try:
        with _free_at_last():
            return _register(conta, arquivos, por=por, now=now, substitui=substitui)
    except ParRecusado as refused:
        _record_refusal(conta, refused, by=por.username, now=now)
        raise


@contextmanager
def _free_at_last() -> Iterator[None]:
    """Two accounts with the same certificate in the same instant: the database takes one."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(_("Outra pessoa acaba de registrar este mesmo certificado. Nada foi alterado.")) from error


@act()
def _register(conta: Conta, arquivos: Arquivos, *, por: Usuario, now: datetime, substitui: Par | None) -> Par:
    regras = selectors.regras()
    Conta.objects.select_for_update().get(pk=conta.pk)  # one at a time per account
    refusal = quem.refusal(selectors.asks(por, conta, now=now), selectors.target(conta), regras.quem)
    if refusal:
        raise Forbidden(traduzir(refusal))
    laudos = [_judged(uso, arquivos.of(uso), substitui, now=now) for uso in Uso.values]
    if not all(laudo.verdict.aceito for laudo in laudos):
        raise ParRecusado(laudos)
    if substitui:
        _take_out(substitui, by=por.username, now=now)
    return _store(conta, laudos, limite=regras.pares, by=por.username, now=now)


def _judged(uso: str, arquivo: tuple[str, bytes], substitui: Par | None, *, now: datetime) -> Laudo:
    nome, data = arquivo
    facts = certificados.open_file(data)
    ocupado = bool(facts.sha256) and selectors.in_use(str(facts.sha256), but=substitui)
    envio = Envio(facts, uso, now, selectors.trust(), selectors.regras().rsa_bits, ocupado)
    return Laudo(uso, visible(nome, 199), facts, judge(envio))


def _store(conta: Conta, laudos: Sequence[Laudo], *, limite: int, by: str, now: datetime) -> Par:
    taken = set(selectors.pairs(conta).values_list("slot", flat=True))
    free = [slot for slot in range(1, limite + 1) if slot not in taken]
    if not free:
        raise Conflict(_("Esta conta já tem %(n)s pares. Exclua um, ou substitua um deles pelo novo.") % {"n": limite})
    par = Par.objects.create(
        conta=conta,
        slot=free[0],
        limite=limite,
        sha256=str(laudos[0].facts.sha256),
        valid_from=max(laudo.facts.valid_from for laudo in laudos if laudo.facts.valid_from),
        valid_until=min(laudo.facts.valid_until for laudo in laudos if laudo.facts.valid_until),
        included_at=now,
        included_by=by,
    )
    Parte.objects.bulk_create([_part(par, laudo) for laudo in laudos])
    _record("conta.par_registrado", par, by=by, now=now)
    return par


def _part(par: Par, laudo: Laudo) -> Parte:
    facts = laudo.facts
    stored: dict[str, Any] = {name: getattr(facts, name) for name in ("sha256", "valid_from", "valid_until")}
    return Parte(
        par=par,
        uso=laudo.uso,
        nome_arquivo=laudo.arquivo,
        titular=visible(facts.titular or "", 999),
        autoridade=visible(facts.certificadora or "", 199),
        der=facts.leitura.der,
        **stored,
    )


@act()
def remove_pair(par: Par, *, por: Usuario, now: datetime) -> None:
    """By the administrator, or the account's owner. Raises Forbidden, Conflict."""
    asks = selectors.asks(por, par.conta, now=now)
    if not (asks.administra or asks.titular):
        raise Forbidden(traduzir(NAO_EXCLUI))
    _take_out(par, by=por.username, now=now)


def _take_out(par: Par, *, by: str, now: datetime) -> None:
    out = {"slot": None, "removed_at": now, "removed_by": by}
    if not Par.objects.filter(pk=par.pk, slot__isnull=False).update(**out):
        raise Conflict(_("Este par já tinha sido excluído. Recarregue a página."))
    _record("conta.par_excluido", par, by=by, now=now)


def _record(tipo: str, par: Par, *, by: str, now: datetime) -> None:
    conta = par.conta
    facts = {"sha256": par.sha256, "valido_ate": par.valid_until.isoformat()}
    record(tipo, at=now, ator=by, cnpj=conta.empresa.registro, objeto=conta.usuario.username, **facts)


@act()
def _record_refusal(conta: Conta, refused: ParRecusado, *, by: str, now: datetime) -> None:
    rules = sorted({each.codigo for laudo in refused.laudos for each in laudo.verdict.falhas})
    facts = {"cnpj": conta.empresa.registro, "objeto": conta.usuario.username}
    record("conta.par_recusado", at=now, ator=by, **facts, regras=rules)
