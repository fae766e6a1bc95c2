"""How revocation lists are consulted; part of portal.settings (docs/decisions/039)."""

from portal import env as e

# Off in the demonstration, which opens no connection to anybody.
LCR_CONSULTA = e.boolean("LCR_CONSULTA", e.env.str("AMBIENTE", "demo") != "demo")
LCR_MINUTOS = e.number("LCR_MINUTOS", 60)  # between two readings of a list
LCR_SEGUNDOS = e.number("LCR_SEGUNDOS", 30)  # for one list, the connection included
LCR_MAX_BYTES = e.number("LCR_MAX_BYTES", 20 * 1024 * 1024)
# Days without a list that is current after which certificates leave service. 0: never, operations are told.
LCR_TOLERANCIA_DIAS = e.number("LCR_TOLERANCIA_DIAS", 0)
