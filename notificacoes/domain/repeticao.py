"""When a message is tried again, and when no more."""

from dataclasses import dataclass
from datetime import timedelta

DISPERSAO = 0.2  # messages that failed together do not come back together


@dataclass(frozen=True, slots=True)
class Prazos:
    """The times of the queue. The lease outlasts all that can happen to a message that still begins."""

    arrendamento: timedelta = timedelta(minutes=5)
    folga: timedelta = timedelta(seconds=150)  # with less lease than this left nothing new begins; a message has 120 s
    releitura: timedelta = timedelta(seconds=1)  # a text older than this is written again before it goes
    duvida: timedelta = timedelta(minutes=15)
    esperas: tuple[timedelta, ...] = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 120, 240, 480))
    corrida: timedelta = timedelta(
        seconds=45
    )  # a background run ends by itself within the grace of a container that stops
    tentativas: int = 40
    quedas: int = 3  # attempts that ended with the worker: after so many the message itself is the suspect
    paciencia: int = 3  # failures of the server in a row before the run leaves it alone

    def wait(self, tentativas: int, *, sorte: float) -> timedelta:
        """After that many attempts; `sorte` from -1 to 1."""
        espera = self.esperas[min(tentativas, len(self.esperas)) - 1]
        return espera * (1 + DISPERSAO * sorte)
