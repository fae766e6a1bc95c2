"""Two readings of "dia útil": ours, with the days on which banks are closed, and the national holidays alone."""

from datetime import date

from portal.calendario.nacional import holidays
from portal.kernel.business_days import Calendario

ANOS = range(2022, 2042)
FERIADOS = holidays(ANOS)
FIRST, LAST = date(ANOS[0], 1, 1), date(ANOS[-1], 12, 31)
PADRAO = Calendario(FERIADOS, first=FIRST, last=LAST)
NACIONAL = Calendario(holidays(ANOS, pontos=()), first=FIRST, last=LAST)
