"""The engine: what is open, what ends and what starts again, from the data of a procedure and what has happened.

It knows neither rows nor people. `hoje` is the day in São Paulo; an activity is in time until the end of its due date.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from contratos.domain.procedimentos import Atividade, Condicao, Procedimento
from portal.kernel.errors import Conflict, DomainError


class Situacao(StrEnum):
    AGUARDANDO = "aguardando"
    ABERTA = "aberta"
    CONCLUIDA = "concluida"
    DISPENSADA = "dispensada"
    CANCELADA = "cancelada"


VIVAS = frozenset({Situacao.AGUARDANDO, Situacao.ABERTA})
FEITAS = frozenset({Situacao.CONCLUIDA, Situacao.DISPENSADA})
NOMES = {
    Situacao.AGUARDANDO: "aguardando",
    Situacao.ABERTA: "aberta",
    Situacao.CONCLUIDA: "concluída",
    Situacao.DISPENSADA: "dispensada",
    Situacao.CANCELADA: "cancelada",
}


class AindaNao(DomainError):
    code, title = "fora-de-ordem", "Ainda não é a vez desta atividade"


class JaEncerrada(Conflict):
    code, title = "atividade-encerrada", "Esta atividade já foi encerrada"


@dataclass(frozen=True, slots=True)
class Passo:
    """One activity as it stands. `rodada` counts how often it has started."""

    codigo: str
    situacao: Situacao = Situacao.AGUARDANDO
    vence: date | None = None
    fechado: date | None = None
    resultado: str = ""
    rodada: int = 1

    def is_late(self, hoje: date) -> bool:
        """Derived, never stored: late while it stands, and late for ever if it was closed late."""
        if self.vence is None or self.situacao in (Situacao.DISPENSADA, Situacao.CANCELADA):
            return False
        return (self.fechado or hoje) > self.vence


Passos = Mapping[str, Passo]


def start(procedimento: Procedimento, vencimentos: Mapping[str, date | None], hoje: date) -> dict[str, Passo]:
    passos = {a.codigo: Passo(a.codigo, vence=vencimentos.get(a.codigo)) for a in procedimento.atividades}
    return settle(procedimento, passos, hoje)


def settle(procedimento: Procedimento, passos: Passos, hoje: date) -> dict[str, Passo]:
    """What waits and need not any longer is opened; what can never open is cancelled. Time alone may change it."""
    found = dict(passos)
    for atividade in procedimento.atividades:  # predecessors come first in the data
        passo = found[atividade.codigo]
        if passo.situacao is Situacao.AGUARDANDO:
            turn = _turn(atividade, found, hoje)
            never = turn is Situacao.CANCELADA
            found[atividade.codigo] = _ended(passo, hoje) if never else replace(passo, situacao=turn)
    if is_over(procedimento, found):
        found = {codigo: _ended(passo, hoje) for codigo, passo in found.items()}
    return found


def close(
    procedimento: Procedimento, passos: Passos, codigo: str, *, hoje: date, resultado: str = ""
) -> dict[str, Passo]:
    """Raises AindaNao, JaEncerrada, or DomainError where a result has to be chosen."""
    atividade, passo = procedimento.por_codigo[codigo], passos[codigo]
    _require_open(atividade, passo, passos)
    if atividade.resultados and resultado not in atividade.resultados:
        raise DomainError(f"“{atividade.nome}” pede um resultado: {' ou '.join(atividade.resultados)}.")
    found = dict(passos)
    found[codigo] = replace(passo, situacao=Situacao.CONCLUIDA, fechado=hoje, resultado=resultado)
    if again := dict(atividade.volta).get(resultado):  # given back: what its end would have ended goes on
        found |= _again(procedimento, found, again)
    else:
        found |= {other: _ended(found[other], hoje) for other in atividade.encerra}
    return settle(procedimento, found, hoje)


def waive(procedimento: Procedimento, passos: Passos, codigo: str, *, hoje: date) -> dict[str, Passo]:
    """Closed in its turn without being done, for a reason that whoever calls keeps."""
    passo = passos[codigo]
    _require_open(procedimento.por_codigo[codigo], passo, passos)
    found = {**passos, codigo: replace(passo, situacao=Situacao.DISPENSADA, fechado=hoje)}
    return settle(procedimento, found, hoje)


def cancel(passos: Passos, hoje: date) -> dict[str, Passo]:
    return {codigo: _ended(passo, hoje) for codigo, passo in passos.items()}


def is_over(procedimento: Procedimento, passos: Passos) -> bool:
    return all(passos[a.codigo].situacao not in VIVAS for a in procedimento.atividades if not a.opcional)


def outcome(procedimento: Procedimento, passos: Passos) -> str:
    """What the flow is called now."""
    for atividade in procedimento.atividades:
        if atividade.desfecho and passos[atividade.codigo].situacao is Situacao.CONCLUIDA:
            return atividade.desfecho
    if is_over(procedimento, passos):
        done = any(passo.situacao in FEITAS for passo in passos.values())
        return procedimento.concluido if done else "cancelado"
    return next((procedimento.por_codigo[passo.codigo].estado for passo in _open(procedimento, passos)), "em andamento")


def _open(procedimento: Procedimento, passos: Passos) -> Iterator[Passo]:
    for atividade in reversed(procedimento.atividades):
        passo = passos[atividade.codigo]
        if passo.situacao is Situacao.ABERTA and atividade.estado and not atividade.opcional:
            yield passo


def _turn(atividade: Atividade, passos: Passos, hoje: date) -> Situacao:
    if atividade.condicao:
        holds = _condition(*atividade.condicao, passos, hoje)
        if holds is None:
            return Situacao.AGUARDANDO
        if not holds:
            return Situacao.CANCELADA
    terms = [[_satisfied(part, passos) for part in term.split("|")] for term in atividade.depois]
    if all(True in term for term in terms):
        return Situacao.ABERTA
    dead = any(all(part is False for part in term) for term in terms)
    return Situacao.CANCELADA if dead else Situacao.AGUARDANDO


def _satisfied(part: str, passos: Passos) -> bool | None:
    """None: not yet known. False: never, in this round."""
    codigo, _, resultado = part.partition("=")
    passo = passos[codigo]
    if passo.situacao in VIVAS:
        return None
    if passo.situacao is Situacao.CANCELADA:
        return False
    return not resultado or passo.resultado == resultado or passo.situacao is Situacao.DISPENSADA


def _condition(condicao: Condicao, codigo: str, passos: Passos, hoje: date) -> bool | None:
    passo = passos[codigo]
    late = passo.is_late(hoje)
    if condicao is Condicao.ATRASOU:
        return True if late else (None if passo.situacao in VIVAS else False)
    return False if late else (None if passo.situacao in VIVAS else passo.situacao in FEITAS)


def _again(procedimento: Procedimento, passos: Passos, codigo: str) -> dict[str, Passo]:
    """A new round of that activity and of all that had started after it."""
    found = {}
    for other in procedimento.depende_de(codigo):
        passo = passos[other]
        if passo.situacao is not Situacao.AGUARDANDO:
            found[other] = Passo(other, vence=passo.vence, rodada=passo.rodada + 1)
    return found


def _ended(passo: Passo, hoje: date) -> Passo:
    return replace(passo, situacao=Situacao.CANCELADA, fechado=hoje) if passo.situacao in VIVAS else passo


def _require_open(atividade: Atividade, passo: Passo, passos: Passos) -> None:
    if passo.situacao is Situacao.ABERTA:
        return
    if passo.situacao is not Situacao.AGUARDANDO:
        raise JaEncerrada(f"“{atividade.nome}” já está {NOMES[passo.situacao]}.")
    missing = [codigo for term in atividade.anteriores for codigo in term if passos[codigo].situacao in VIVAS]
    raise AindaNao(f"“{atividade.nome}” ainda espera por: {', '.join(missing) or 'o fim do prazo anterior'}.")
