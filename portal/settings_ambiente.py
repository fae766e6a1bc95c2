"""What AMBIENTE means; part of portal.settings."""

from portal import env as e

AMBIENTE = e.choice("AMBIENTE", "demo", e.AMBIENTES)
PRODUCAO = AMBIENTE == "producao"
SANDBOX = AMBIENTE == "sandbox"
# Reached by people from outside, with real registrations: what protects production protects the sandbox too.
EXPOSTO = PRODUCAO or SANDBOX
