"""Mails as objects: subject, text and HTML from the same facts. Sending them is the services' business."""

from html import unescape

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import int_to_base36

from notificacoes.enderecos import domain
from portal.agentes.models import Convite, Usuario


def invitation(convite: Convite) -> EmailMultiAlternatives:
    """The link is made now, so its term runs from the sending. It serves once: choosing a password spends it."""
    usuario = convite.usuario
    known = usuario.has_usable_password()
    context = {
        "nome": usuario.nome,
        "usuario": usuario.username,
        "link": settings.ENDERECO_PUBLICO + _password_path(usuario),
        "dias": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
        "conhecida": known,
        "atendimento": settings.ATENDIMENTO,
    }
    subject = "Redefina a sua senha" if known else "Convite: escolha a sua senha"
    message = EmailMultiAlternatives(
        subject=f"[Plataforma de Integração] {subject}",
        body=unescape(render_to_string("notificacoes/convite.txt", context)),
        to=[usuario.email],
        # The same at every attempt: a repeat after a doubtful answer can be recognised as one.
        headers={"Message-ID": f"<convite-{convite.pk}@{domain()}>"},
    )
    message.attach_alternative(render_to_string("notificacoes/convite.html", context), "text/html")
    return message


def _password_path(usuario: Usuario) -> str:
    token = default_token_generator.make_token(usuario)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": int_to_base36(usuario.pk), "key": token})
