"""The paper that every mail is written on: headers, text and HTML from one set of blocks."""

import re
from collections.abc import Sequence
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop, to_locale
from django.utils.translation import gettext as _

from notificacoes import enderecos
from notificacoes.domain.folha import Bloco, Contorno, Link, Timbre, as_html, as_text
from notificacoes.mensagens.carta import Carta, Desistencia
from notificacoes.mensagens.lote import Devido, Empresa, Lote
from notificacoes.mensagens.mime import Correspondencia
from notificacoes.models import Envio, Estado
from portal.kernel.text import visible

AUTOMATICA = {
    "Auto-Submitted": "auto-generated",  # RFC 3834: nobody's absence notice answers it
    "X-Auto-Response-Suppress": "All",  # the same, for Exchange
}
RODAPE = gettext_noop(
    "Nunca pedimos a sua senha por e-mail ou telefone. Mensagem automática do portal; se precisar de ajuda, responda "
    "a ela ou fale com o atendimento: {contatos}"
)

# What validate_email would take as well, ten times slower; anything else is left to it.
PLAIN = re.compile(r"[a-z0-9_+-]{1,30}(\.[a-z0-9_+-]{1,30}){0,3}@([a-z0-9]{1,30}\.){1,3}[a-z]{2,63}", re.ASCII | re.I)


def cancelled(motivo: str) -> Desistencia:
    return Desistencia(Estado.CANCELADA, motivo)


def write(
    envio: Envio,
    lote: Lote,
    *,
    assunto: str,
    blocos: Sequence[Bloco],
    porque: str = "",
    devidos: tuple[Devido, ...] = (),
    dispensavel: bool = False,
) -> Carta | Desistencia:
    """`porque`: why this person gets it. Text from outside must have gone through visible(); HTML escapes it here."""
    pessoa = lote.pessoas[envio.destinatario_id]
    endereco = _address(pessoa.email)
    if endereco is None:
        return Desistencia(Estado.MORTA, f"“{visible(pessoa.email, 100)}” não é um endereço de e-mail válido")
    dispensa = link(enderecos.opt_out_path(pessoa.pk)) if dispensavel else ""
    contorno = Contorno(
        nome=visible(pessoa.nome),
        rodape=f"{porque} {_footer()}".strip(),
        links=(Link("Não quero mais receber estes avisos", dispensa),) if dispensa else (),
        timbre=_letterhead(),
    )
    message = Correspondencia(
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{visible(assunto, 150)}",
        body=as_text(blocos, contorno),
        from_email=enderecos.envelope_sender(envio.pk),
        to=[endereco],
        headers=_headers(envio, lote, dispensa=dispensa),
    )
    message.attach_alternative(as_html(blocos, contorno), "text/html")
    return Carta(message, endereco, pessoa.username, devidos)


def link(path: str) -> str:
    return f"{settings.ENDERECO_PUBLICO}{path}"


def page_of(empresa: Empresa) -> str:
    """Atualizar cadastro."""
    return link(_path_of(empresa.cnpj))


@lru_cache(maxsize=4096)
def _path_of(cnpj: str) -> str:
    return reverse("adesao:cadastro", args=[cnpj])


def tz() -> ZoneInfo:
    return ZoneInfo(settings.FUSO)


def _footer() -> str:
    ways = [" ou ".join(settings.ATENDIMENTO["telefones"]), str(settings.ATENDIMENTO["email"])]
    return _(RODAPE).format(contatos=" · ".join(way for way in ways if way))


def _letterhead() -> Timbre:
    """The market's own, in the language of the one who reads it."""
    mercado = settings.MERCADO
    return Timbre(_language(), mercado.produto, f"{mercado.operador} · {mercado.produto}", _("Olá"))


def _language() -> str:
    return to_locale(get_language() or settings.LANGUAGE_CODE).replace("_", "-")


def _headers(envio: Envio, lote: Lote, *, dispensa: str) -> dict[str, str]:
    headers = {
        "Message-ID": f"<{envio.message_id}>",
        "From": _header_from(settings.DEFAULT_FROM_EMAIL),
        "Reply-To": str(settings.ATENDIMENTO["email"]),
        "Date": _date(lote.now),
        **AUTOMATICA,
        "Content-Language": _language(),
    }
    if dispensa:  # RFC 2369 and RFC 8058
        headers |= {"List-Unsubscribe": f"<{dispensa}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


@lru_cache(maxsize=8)
def _date(now: datetime) -> str:
    """The same for a whole batch."""
    return format_datetime(now.astimezone(tz()))


@lru_cache(maxsize=8)
def _header_from(sender: str) -> str:
    """Encoded once: Django would take it apart and encode it again for each mail."""
    name, address = parseaddr(sender)
    return formataddr((Header(name, "utf-8" if not name.isascii() else None).encode(), address))


def _address(email: str) -> str | None:
    """As it goes on the wire, or None where no mail can go there."""
    if PLAIN.fullmatch(email):
        return email
    try:
        validate_email(email)
        return email if email.isascii() else str(sanitize_address(email, "utf-8"))
    except (ValidationError, ValueError):
        return None
