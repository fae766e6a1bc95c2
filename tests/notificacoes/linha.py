"""One message over one connection to a server that follows a script."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.mail import EmailMessage, EmailMultiAlternatives
from pytest_django import Settings

from notificacoes.domain.resultado import Resultado
from notificacoes.mail import smtp
from tests.correio import Acao, Servidor, point_to


def letter(para: str = "ana@exemplo.test", **more: str) -> EmailMessage:
    message = EmailMultiAlternatives(
        "Vence em 7 dias", "Olá.\n.\n..dois pontos", "devolucoes+1.x@portal.invalid", [para]
    )
    message.extra_headers = {"Message-ID": "<aviso-1@portal.invalid>", "From": "Portal <nao@portal.invalid>", **more}
    message.attach_alternative("<p>Olá.</p>", "text/html")
    return message


@contextmanager
def line_to(servidor: Servidor, settings: Settings) -> Iterator[smtp.CorreioSmtp]:
    point_to(settings, servidor)
    correio = smtp.CorreioSmtp(orcamento=smtp.ORCAMENTO)
    try:
        yield correio
    finally:
        correio.close()


def sent(script: Mapping[str, Acao | Iterator[Acao]], settings: Settings) -> tuple[Resultado, Servidor]:
    with Servidor(script) as servidor, line_to(servidor, settings) as correio:
        return correio.send(letter()), servidor
