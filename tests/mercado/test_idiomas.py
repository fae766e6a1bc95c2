"""Every string that a person of this market may read has its translation, and every translation its string."""

import gettext
import re
from pathlib import Path

import pytest

from portal.mercado.perfis.ote import OTE
from tests.mercado import extracao, po

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
FORMS = {"cs": 4, "en": 2, "pt_BR": 2}
FOLDERS = sorted(po.LANGUAGES.values())


def test_there_is_a_catalogue_for_each_language_of_the_profile() -> None:
    assert set(po.LANGUAGES) == {codigo for codigo, _ in OTE.idiomas}


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_missing_and_nothing_is_left_over(folder: str) -> None:
    wanted, found = set(extracao.strings()), {entry.key for entry in po.read(folder)} - {""}

    assert wanted - found == set(), "sem tradução"
    assert found - wanted == set(), "tradução de nada"


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_entry_is_whole(folder: str) -> None:
    for entry in po.read(folder)[1:]:
        assert "fuzzy" not in entry.flags, entry.msgid
        assert len(entry.msgstr) == (FORMS[folder] if entry.msgid_plural else 1), entry.msgid
        assert all(said.strip() for said in entry.msgstr), entry.msgid


@pytest.mark.parametrize("folder", FOLDERS)
def test_placeholders_are_those_of_the_string(folder: str) -> None:
    for entry in po.read(folder)[1:]:
        for said in entry.msgstr:
            assert names(said) == names(entry.msgid), entry.msgid


def names(text: str) -> set[str]:
    return {one or other for one, other in PLACEHOLDER.findall(text)}


def test_portuguese_says_what_the_source_says() -> None:
    for entry in po.read("pt_BR")[1:]:
        assert entry.msgstr == [each for each in (entry.msgid, entry.msgid_plural) if each]


@pytest.mark.parametrize("folder", ["cs", "en"])
def test_hardly_anything_is_left_in_portuguese(folder: str) -> None:
    same = {entry.msgid for entry in po.read(folder)[1:] if entry.msgid in entry.msgstr}

    assert same <= {"E-mail", "E-mails"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_runs_is_what_translators_wrote(folder: str) -> None:
    """The .mo is committed beside the .po: `msgfmt -o django.mo django.po` after a change."""
    with (po.LOCALE / folder / "LC_MESSAGES/django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]  # all of it, as read

    wanted: dict[object, str] = {}
    for entry in po.read(folder):
        for number, said in enumerate(entry.msgstr):
            wanted[(entry.msgid, number) if entry.msgid_plural else entry.msgid] = said
    assert catalogue == wanted


def test_czech_counts_as_czech_does() -> None:
    with (po.LOCALE / "cs/LC_MESSAGES/django.mo").open("rb") as compiled:
        czech = gettext.GNUTranslations(compiled)

    said = [czech.ngettext("%(n)s par válido", "%(n)s pares válidos", number) for number in (1, 2, 4, 5, 0)]

    assert said == ["%(n)s platný pár", *["%(n)s platné páry"] * 2, *["%(n)s platných párů"] * 2]


@pytest.mark.parametrize("path", extracao.TEMPLATES, ids=lambda path: path.relative_to(extracao.ROOT).as_posix())
def test_no_word_stands_in_a_page_untranslated(path: Path) -> None:
    assert extracao.untranslated(path) == []


def test_an_untranslated_word_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "pagina.html"
    page.write_text('{% if x %}<p title="Dica">Uma frase</p>{% endif %}<script>var nome</script>{{ y }}')

    assert extracao.untranslated(page) == ["Dica", "Uma", "frase"]


def test_every_page_that_a_page_of_this_market_brings_in_is_read() -> None:
    """Of ours: what it extends or includes is of this market, or one of the shared pieces that are read as well."""
    brought = re.compile(r"""{%\s*(?:include|extends)\s+"([^"]+)\"""")
    known = {
        path.relative_to(extracao.FOLDER).as_posix() for path in extracao.TEMPLATES if extracao.FOLDER in path.parents
    }
    known |= {path.relative_to(extracao.ROOT / "templates").as_posix() for path in extracao.SHARED}
    ours = {
        path.relative_to(extracao.ROOT / "templates").as_posix()
        for path in (extracao.ROOT / "templates").rglob("*.html")
    }

    named = {name for path in extracao.TEMPLATES for name in brought.findall(path.read_text())}

    assert {name for name in named & ours if name not in known} == set()
