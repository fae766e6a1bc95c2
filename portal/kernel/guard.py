"""Reading hostile input: what it raises is an answer, not an accident."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
D = TypeVar("D")


def attempt(read: Callable[[], T], default: D) -> T | D:
    """Return `read()`, or `default` where it raises, a panic of Rust code included."""
    try:
        return read()
    except BaseException as error:
        if not is_input_error(error):
            raise
        return default


def is_input_error(error: BaseException) -> bool:
    # pyo3's PanicException derives from BaseException on purpose and cannot be imported by name.
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"
