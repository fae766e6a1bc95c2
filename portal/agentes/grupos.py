"""Groups of people of operations and of the regulator; what each may do is in portal.seeds."""

OPERACAO, LEITURA, REGULADOR = "Operação", "Operação (leitura)", "Regulador"
GRUPOS = (OPERACAO, LEITURA, REGULADOR)
