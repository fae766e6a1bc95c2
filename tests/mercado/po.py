"""The catalogues as translators write them (.po), read without any tool."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[2] / "portal/mercado/locale"
LANGUAGES = {"cs": "cs", "en-gb": "en", "pt-br": "pt_BR"}  # of the profile -> folder


@dataclass
class Entry:
    msgid: str = ""
    msgid_plural: str = ""
    msgstr: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)

    @property
    def key(self) -> str | tuple[str, str]:
        return (self.msgid, self.msgid_plural) if self.msgid_plural else self.msgid


def read(folder: str) -> list[Entry]:
    """The header first; obsolete entries are left out."""
    text = (LOCALE / folder / "LC_MESSAGES/django.po").read_text()
    return [entry for block in text.split("\n\n") if (entry := _entry(block.splitlines())).msgstr]


def _entry(lines: list[str]) -> Entry:
    entry, values = Entry(), dict[str, str]()
    for name, text in _statements(lines):
        if name == "#,":
            entry.flags |= {flag.strip() for flag in text.split(",")}
        else:
            values[name] = text
    entry.msgid, entry.msgid_plural = values.pop("msgid", ""), values.pop("msgid_plural", "")
    entry.msgstr = [values[name] for name in sorted(values)]
    return entry


def _statements(lines: list[str]) -> Iterator[tuple[str, str]]:
    name, parts = "", list[str]()
    for line in lines:
        if line.startswith('"'):
            parts.append(ast.literal_eval(line))
            continue
        if name:
            yield name, "".join(parts)
        name, parts = "", []
        if line.startswith("#,"):
            yield "#,", line[2:]
        elif line and not line.startswith("#"):
            name, _, first = line.partition(" ")
            parts = [ast.literal_eval(first)]
    if name:
        yield name, "".join(parts)
