"""Text as people search for it and as it can be shown without surprises."""

import unicodedata


def searchable(text: str) -> str:
    """Upper case, no accents, single spaces: 'São  João' and 'SAO JOAO' meet. Index this, not the name."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.upper().split())


def visible(text: str, limit: int = 200) -> str:
    """One printable line: control, bidi, zero-width and surrogate characters become \\uXXXX, long text is cut."""
    if len(text) <= limit and text.isprintable():
        return text
    cut = text[: limit + 1]
    shown = "".join(
        c if c == " " or unicodedata.category(c)[0] not in "CZ" else f"\\u{ord(c):04x}" for c in cut[:limit]
    )
    return shown + ("…" if len(cut) > limit else "")
