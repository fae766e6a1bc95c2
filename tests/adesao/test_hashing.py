"""The pepper: a stolen database verifies nothing without it, and it can be changed."""

from pytest_django import Settings

from adesao.hashing import make_hash, verify

SENHA = "40719362"


def test_a_hash_verifies_its_own_password_only() -> None:
    stored = make_hash(SENHA)

    assert verify(SENHA, stored)
    assert not verify("40719363", stored)
    assert SENHA not in stored


def test_the_same_password_never_gives_the_same_hash() -> None:
    assert make_hash(SENHA) != make_hash(SENHA)


def test_a_retired_pepper_still_verifies(settings: Settings) -> None:
    stored = make_hash(SENHA)
    settings.PIMENTAS = ["nova-pimenta" * 4, *settings.PIMENTAS]

    assert verify(SENHA, stored)
    assert verify(SENHA, make_hash(SENHA))


def test_without_the_pepper_nothing_verifies(settings: Settings) -> None:
    stored = make_hash(SENHA)
    settings.PIMENTAS = ["outra-pimenta" * 4]

    assert not verify(SENHA, stored)
