"""What a gateway's questions may cost, and whom they let in; part of portal.settings (docs/decisions/034)."""

from portal import env as e

# Seconds for which a process remembers that a password was right, or wrong. 0: Argon2 at each call.
GATEWAY_SENHA_LEMBRADA = e.number("GATEWAY_SENHA_LEMBRADA", 300)
# Passwords that wait for Argon2 at once in one process, of its eight threads; the next one is asked to come again.
GATEWAY_SENHAS_EM_ESPERA = e.number("GATEWAY_SENHAS_EM_ESPERA", 4)
GATEWAY_SENHAS_ERRADAS_POR_MINUTO = e.number("GATEWAY_SENHAS_ERRADAS_POR_MINUTO", 300)  # of all agentes together
GATEWAY_SITUACOES_IMPEDIDAS: list[str] = e.env.list("GATEWAY_SITUACOES_IMPEDIDAS", default=["suspenso", "desligado"])
