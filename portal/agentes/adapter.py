"""allauth's doors: nobody signs up alone; people come from operations or from an import."""

import base64
import hashlib
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from portal import clock
from portal.agentes import services
from portal.agentes.models import Usuario
from portal.kernel.errors import Forbidden, TooMany

NOT_REGISTERED = (
    "A identidade foi confirmada, mas não corresponde a uma pessoa ativa neste portal. O cadastro é feito pela "
    "operação: use o e-mail verificado que está no seu cadastro ou fale com o atendimento."
)
VERIFIED = (True, "true")  # gov.br writes the claim as text


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Own host only; allauth's default also lets through every other host of ALLOWED_HOSTS."""
        request = self.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise TooMany(_("Muitas tentativas de entrada. Aguarde dez minutos e tente de novo.")) from error

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """A disabled account is answered, counted and timed like a wrong password."""
        if credentials.get("email") == credentials.get("username"):
            credentials.pop("email", None)  # the backend tries both anyway; twice would cost a second Argon2
        user = super().authenticate(request, **credentials)
        if user is None or user.is_active:
            return cast(AbstractBaseUser | None, user)
        self.pre_authenticate(request, **credentials)
        return None

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        raise Forbidden(NOT_REGISTERED)

    def set_password(self, user: Usuario, password: str) -> None:
        services.set_personal_password(user, password, now=clock.now())

    def send_password_reset_mail(self, user: Usuario, email: str, context: dict[str, Any]) -> None:
        """A fact that notificacoes delivers: a slow mail server must not tell who exists."""
        services.request_password_reset(user, now=clock.now())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """After commit, so that no mail server is waited for while the ledger is locked."""
        message = self.render_mail(template_prefix, email, context)
        transaction.on_commit(message.send, robust=True)


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """An outside identity opens an existing person's session and never makes a person."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Keep the link (issuer and subject) and none of the claims."""
        user = super().populate_user(request, sociallogin, data)
        sociallogin.account.extra_data = {}
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        person = sociallogin.user if sociallogin.is_existing else _person_of(sociallogin)
        if person is None or not person.is_active or sociallogin.state.get("process") == "connect":
            ip = Adapter(request).get_client_ip(request)
            services.record_session("sessao.recusada", username="", now=clock.now(), ip=ip, motivo="identidade externa")
            raise Forbidden(NOT_REGISTERED)
        if not sociallogin.is_existing:
            services.link_identity(person, sociallogin.account, now=clock.now())
            sociallogin.user = person


def _person_of(sociallogin: Any) -> Usuario | None:
    verified = [address.email for address in sociallogin.email_addresses if address.verified in VERIFIED]
    people = list(Usuario.objects.filter(email__in=[email.lower() for email in verified]))
    return people[0] if len(people) == 1 else None


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """TOTP seeds and recovery codes are encrypted with the peppers: a stolen database alone signs nobody in."""

    def encrypt(self, text: str) -> str:
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._cipher().decrypt(encrypted_text.encode()).decode()

    def _cipher(self) -> MultiFernet:
        keys = (hashlib.sha256(b"segundo-fator " + pepper.encode()).digest() for pepper in settings.PIMENTAS)
        return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
