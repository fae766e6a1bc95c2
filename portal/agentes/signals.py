"""Sign-in, sign-out and second factor into the ledger. A receiver that raises stops the act it reports."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from portal import clock
from portal.agentes import services
from portal.agentes.models import Usuario

UNKNOWN = "desconhecido"


@receiver(auth.user_logged_in)
def entered(request: HttpRequest, user: Usuario, **kwargs: Any) -> None:
    meios = [record["method"] for record in get_authentication_records(request, user)]
    _record("sessao.entrada", user.username, request, meios=meios or ["direto"])


@receiver(auth.user_login_failed)
def refused(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """What was typed is kept only where such a person exists: people type passwords into the wrong field."""
    if request is not None:
        _record("sessao.recusada", _known(credentials), request)


@receiver(auth.user_logged_out)
def left(request: HttpRequest, user: Usuario | None, **kwargs: Any) -> None:
    if user is not None:
        _record("sessao.saida", user.username, request)


@receiver(mfa.authentication_failed)
def second_factor_refused(request: HttpRequest, user: Usuario, authenticator: Any, **kwargs: Any) -> None:
    _record("sessao.recusada", user.username, request, motivo="segundo fator", meio=str(authenticator.type))


@receiver(post_save, sender=Authenticator)
def second_factor_added(instance: Authenticator, created: bool, **kwargs: Any) -> None:
    """The row's own signal: allauth sends its one only after commit, when the ledger could no longer say no."""
    if created:
        _record("segundo_fator.incluido", instance.user.username, context.request, meio=str(instance.type))


@receiver(post_delete, sender=Authenticator)
def second_factor_removed(instance: Authenticator, **kwargs: Any) -> None:
    _record("segundo_fator.removido", instance.user.username, context.request, meio=str(instance.type))


def _record(tipo: str, username: str, request: HttpRequest | None, **dados: Any) -> None:
    ip = (get_client_ip(request) if request else None) or ""
    services.record_session(tipo, username=username, now=clock.now(), ip=ip, **dados)


def _known(credentials: dict[str, Any]) -> str:
    typed = str(credentials.get("username") or credentials.get("email") or "")
    user = get_user_by_username(typed) or next(iter(filter_users_by_email(typed, for_login=True)), None)
    return str(user.get_username()) if user else UNKNOWN
