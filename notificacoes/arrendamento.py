"""Who holds a lease: a token that tells, on the same machine, whether its holder still lives."""

import hashlib
import os
import secrets
import socket
from functools import lru_cache
from pathlib import Path

from portal.kernel.guard import attempt


def new_token() -> str:
    """machine:process:start of the process:random. A number of a process that was given out again is another start."""
    pid = os.getpid()
    return f"{_machine()}:{pid}:{_started(pid)}:{secrets.token_hex(8)}"


def holder_is_gone(token: str) -> bool:
    """True only where that can be known: the same machine, the same boot, the same view of its processes."""
    machine, _, rest = token.partition(":")
    pid, _, rest = rest.partition(":")
    started = rest.partition(":")[0]
    if machine != _machine() or not pid.isdecimal():
        return False
    return not _lives(int(pid)) or _started(int(pid)) not in ("", started)


@lru_cache(maxsize=1)
def _machine() -> str:
    boot = attempt(Path("/proc/sys/kernel/random/boot_id").read_text, "")
    processes = attempt(lambda: str(Path("/proc/self/ns/pid").readlink()), "")
    return hashlib.sha256(f"{socket.gethostname()} {boot} {processes}".encode()).hexdigest()[:12]


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's, but there
    return True


def _started(pid: int) -> str:
    """Clock ticks since boot; 'z' for one that has ended and waits for its parent; '' where nobody says."""
    fields = attempt(Path(f"/proc/{pid}/stat").read_text, "").rpartition(")")[2].split()
    if not fields:
        return ""
    return "z" if fields[0] in "ZX" else fields[19]
