"""What commands share: who types them, and the files that they are given."""

import getpass
from pathlib import Path

from django.core.management.base import CommandError

from portal.kernel.text import visible

REASONS: dict[type[Exception], str] = {
    FileNotFoundError: "o arquivo não existe",
    IsADirectoryError: "é uma pasta, não um arquivo",
    PermissionError: "não há permissão",
}


def operator() -> str:
    """For the ledger."""
    try:
        return f"comando:{getpass.getuser()}"
    except (KeyError, OSError):  # a container whose user has no name
        return "comando"


def read_bytes(path: Path, limit: int = -1, *, returncode: int = 1) -> bytes:
    """At most `limit` bytes; what cannot be read ends the command with words."""
    try:
        with path.open("rb") as file:
            return file.read(limit)
    except (OSError, ValueError) as error:  # a name with NUL is a ValueError
        reason = next((words for kind, words in REASONS.items() if isinstance(error, kind)), str(error))
        message = f"Não foi possível ler “{visible(str(path))}”: {reason}."
        raise CommandError(message, returncode=returncode) from error
