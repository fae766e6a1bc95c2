"""Whether the holder of a lease still lives."""

import os
import signal
from pathlib import Path

import pytest

from notificacoes.arrendamento import holder_is_gone, new_token
from tests import operarios


def test_two_leases_are_never_the_same() -> None:
    assert new_token() != new_token()


def test_a_living_holder_is_there() -> None:
    assert not holder_is_gone(new_token())


@pytest.mark.django_db(transaction=True)
def test_a_dead_holder_is_gone_also_before_its_parent_looked() -> None:
    pid = operarios.fork(signal.pause)
    machine, _, _, _ = new_token().split(":")
    started = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    token = f"{machine}:{pid}:{started}:x"
    alive = holder_is_gone(token)
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    zombie = holder_is_gone(token)
    operarios.wait(pid)

    assert (alive, zombie, holder_is_gone(token)) == (False, True, True)


def test_a_number_given_out_again_is_another_process() -> None:
    machine, pid, started, rest = new_token().split(":")

    assert holder_is_gone(f"{machine}:{pid}:{int(started) - 1}:{rest}")


@pytest.mark.parametrize("token", ["", "outra:1:1:x", "sem sentido"])
def test_of_another_machine_nobody_can_tell(token: str) -> None:
    assert not holder_is_gone(token)
