"""What a refusal says when nothing more particular is said."""

from portal.kernel.errors import NotFound, TooLarge


def test_what_is_not_there_and_what_may_not_be_seen_sound_alike() -> None:
    assert NotFound().detail == "Não encontramos isto entre as empresas que você representa."


def test_a_file_too_large_is_told_how_small_a_certificate_is() -> None:
    assert (TooLarge().status, "2 KB" in TooLarge().detail) == (413, True)
