"""`Authorization: Chave <key>` for machines."""

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal import clock
from portal.agentes import services
from portal.agentes.models import ChaveDeMaquina


class Maquina(AnonymousUser):
    """A machine is authenticated and is no person; request.auth holds its key."""

    def __init__(self, chave: ChaveDeMaquina) -> None:
        super().__init__()
        self.chave = chave
        self.pk = self.id = f"chave-{chave.pk}"  # type: ignore[assignment]  # only the throttle reads it

    @property
    def is_authenticated(self) -> bool:  # type: ignore[override]  # a plain True here, a literal False there
        return True


class ChaveAuthentication(BaseAuthentication):
    keyword = "Chave"

    def authenticate(self, request: Request) -> tuple[Maquina, ChaveDeMaquina] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != self.keyword.lower().encode():
            return None
        key = parts[1].decode("latin-1") if len(parts) == 2 else ""
        chave = ChaveDeMaquina.objects.select_related("agente").filter(sha256=services.hash_key(key)).first()
        now = clock.now()
        if chave is None or chave.revoked_at or chave.expires_at <= now:
            raise AuthenticationFailed
        services.touch_key(chave, now=now)
        return Maquina(chave), chave

    def authenticate_header(self, request: Request) -> str:
        return self.keyword
