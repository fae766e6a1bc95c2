"""Mail; part of portal.settings."""

from email.utils import parseaddr

from portal import env as e
from portal.settings_ambiente import PRODUCAO, SANDBOX
from portal.settings_mercado import MERCADO

# The real server where EMAIL_URL names one, else an outbox that opens in the browser.
EMAIL_BACKEND = "notificacoes.mail.OutboxBackend"
_server = {name: value for name, value in e.mail(production=PRODUCAO).items() if name.startswith("EMAIL_")}
globals().update(_server)
# Mail of the sandbox stays there. With this it goes, besides, to who is signed in at that moment, and to nobody else.
SANDBOX_ENVIA_A_QUEM_ENTROU = e.boolean("SANDBOX_ENVIA_A_QUEM_ENTROU", False)
if SANDBOX:  # whatever EMAIL_URL says: one place decides who may be written to
    EMAIL_BACKEND = "notificacoes.mail.SandboxBackend"
    if SANDBOX_ENVIA_A_QUEM_ENTROU and not _server:
        e.refuse("SANDBOX_ENVIA_A_QUEM_ENTROU precisa de um servidor de e-mail em EMAIL_URL.")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL: str = e.env.str("REMETENTE", f"{MERCADO.produto} <nao-responda@portal.invalid>")
if "@" not in parseaddr(DEFAULT_FROM_EMAIL)[1]:
    e.refuse("REMETENTE não tem um endereço de e-mail, como Plataforma <nao-responda@exemplo.org.br>.")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Bounces come back to this mailbox, with a signed "+…" in it that says which message it was.
DEVOLUCOES: str = e.env.str("DEVOLUCOES", "") or f"devolucoes@{parseaddr(DEFAULT_FROM_EMAIL)[1].rpartition('@')[2]}"
ENVIO_SUSPENSO = e.boolean("ENVIO_SUSPENSO", False)  # after a restore: plan, but send nothing yet
ENVIOS_POR_SEGUNDO = e.number("ENVIOS_POR_SEGUNDO", 0)  # 0: as fast as the server takes them
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{'[SANDBOX] ' if SANDBOX else ''}[{MERCADO.produto}] "
