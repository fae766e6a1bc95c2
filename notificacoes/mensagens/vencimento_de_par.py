"""The notice that a pair of certificates ends, or has ended, to its owner and to who administers the accounts."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notificacoes.domain import marcos, motivos
from notificacoes.domain.folha import Bloco, Ficha, Link, Paragrafo, Titulo
from notificacoes.mensagens import papel, quem_registra
from notificacoes.mensagens.carta import Carta, Desistencia
from notificacoes.mensagens.dados_de_pares import DoPar
from notificacoes.mensagens.lote import Lote
from notificacoes.models import Envio
from portal import clock
from portal.contas import selectors
from portal.contas.models import Par
from portal.contas.traducao import traduzir
from portal.kernel.text import visible
from portal.mercado.texto import texto


def write(envio: Envio, lote: Lote) -> Carta | Desistencia:
    found, pessoa = lote.pares[envio.dados["par"]], envio.destinatario_id
    reason = _no_longer_due(envio, found, lote.now)
    if reason:
        return papel.cancelled(reason)
    return papel.write(
        envio,
        lote,
        assunto=_subject(found.par, lote),
        blocos=_blocks(found, pessoa, lote),
        porque=quem_registra.why(found, pessoa),
    )


def _no_longer_due(envio: Envio, found: DoPar, now: datetime) -> str:
    """Why this is not told any more; '' where it is. The plan asks the same when it writes the row."""
    par, conta, lead = found.par, found.par.conta, envio.dados["antecedencia"]
    if par.slot is None:
        return motivos.FORA_DE_SERVICO
    if not (conta.ativa and conta.usuario.is_active):
        return motivos.CONTA_FECHADA
    if envio.destinatario_id not in (conta.usuario_id, *found.administram):
        return motivos.NAO_ADMINISTRA
    if lead == marcos.VENCIDO:
        return ""
    if par.valid_until < now:
        return motivos.VENCEU
    reached = marcos.reached(clock.local_date(par.valid_until), marcos.notice_day(clock.local(now)))
    return motivos.SUPERADO if reached is not None and reached < lead else ""


def _subject(par: Par, lote: Lote) -> str:
    names = {"conta": visible(par.conta.usuario.nome, 50), "empresa": visible(par.conta.empresa.nome, 50)}
    if par.valid_until < lote.now:
        return traduzir(texto("Certificados de %(conta)s venceram (%(empresa)s)", **names))
    return traduzir(
        texto("Certificados de %(conta)s vencem %(quando)s (%(empresa)s)", **names, quando=_when(par, lote))
    )


def _when(par: Par, lote: Lote) -> str:
    days = (clock.local_date(par.valid_until) - lote.hoje).days
    if days <= 1:
        return _("amanhã") if days else _("hoje")
    return ngettext("em %(n)s dia", "em %(n)s dias", days) % {"n": days}


def _blocks(found: DoPar, pessoa: int, lote: Lote) -> list[Bloco]:
    may, advice = quem_registra.advise(found, pessoa, lote.now)
    near = _("Este par de certificados está perto do fim da validade:")
    opening = _("Este par de certificados venceu:") if found.par.valid_until < lote.now else near
    return [Paragrafo(opening), _card(found, lote, may=may), Titulo(_("O que fazer")), Paragrafo(advice)]


def _card(found: DoPar, lote: Lote, *, may: bool) -> Ficha:
    par, conta, regras = found.par, found.par.conta, selectors.regras()
    empresa = f"{visible(conta.empresa.nome)}, {regras.registro.nome} {conta.empresa.registro}"
    validity = texto("de %(inicio)s a %(fim)s", inicio=par.valid_from, fim=par.valid_until)
    register = (Link(_("Registrar o próximo par"), _register_at(found, regras.pares)),) if may else ()
    return Ficha(
        titulo=_headline(par, lote),
        frases=(_consequence(par, lote), _other(found, lote.now)),
        dados=(
            (_("Empresa"), empresa),
            (_("Conta"), f"{visible(conta.usuario.nome)} ({visible(conta.usuario.username)})"),
            (_("Validade"), traduzir(validity)),
            ("SHA-256", str(par)),
        ),
        links=(*register, Link(_("Ver a conta"), papel.link(reverse("contas:conta", args=[conta.pk])))),
    )


def _headline(par: Par, lote: Lote) -> str:
    if par.valid_until < lote.now:
        return traduzir(texto("Venceu em %(fim)s", fim=par.valid_until))
    return traduzir(texto("Vence %(quando)s: %(fim)s", quando=_when(par, lote), fim=par.valid_until))


def _consequence(par: Par, lote: Lote) -> str:
    if par.valid_until < lote.now:
        return _("Com ele ninguém entra mais. Ele continua ocupando um lugar na conta até ser renovado ou excluído.")
    return _("Depois disso ninguém entra com ele.")


def _other(found: DoPar, now: datetime) -> str:
    """The successor, where the account has one already: the notice is given all the same."""
    longer = [o for o in found.outros if o.valid_from <= now <= o.valid_until and o.valid_until > found.par.valid_until]
    if not longer:
        return _("Nenhum outro par da conta vale por mais tempo: sem o próximo, o acesso dela para.")
    return traduzir(
        texto("Outro par da conta (%(par)s) vale até %(fim)s.", par=str(longer[0]), fim=longer[0].valid_until)
    )


def _register_at(found: DoPar, limite: int) -> str:
    """In a free place; where there is none, in the place of this one."""
    conta, par = found.par.conta_id, found.par.pk
    free = len(found.outros) + 1 < limite
    path = reverse("contas:registrar", args=[conta]) if free else reverse("contas:renovar", args=[conta, par])
    return papel.link(path)
