"""Looking at processes through /proc."""

from pathlib import Path

from portal.kernel.guard import attempt


def family_of(pid: int) -> list[int]:
    """The process and all below it."""
    found = [pid]
    for one in found:
        children = Path(f"/proc/{one}/task/{one}/children")
        found += map(int, attempt(children.read_text, "").split())
    return found


def alive(pids: list[int]) -> list[int]:
    """A zombie counts as dead."""
    states = {pid: attempt(Path(f"/proc/{pid}/stat").read_text, "").rpartition(")")[2].split() for pid in pids}
    return [pid for pid, state in states.items() if state and state[0] != "Z"]
