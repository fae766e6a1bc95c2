"""Where the portal may send requests to addresses that others gave it; part of portal.settings."""

from portal import env as e

# Host names, of operations' own choice, that may be inside the house: any address and port, and without TLS.
SAIDA_HOSTS_PERMITIDOS: list[str] = e.env.list("SAIDA_HOSTS_PERMITIDOS", default=[])
