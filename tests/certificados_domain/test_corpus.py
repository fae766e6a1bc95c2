"""What the world has thrown at validators, and mutants: nothing raises, nothing is accepted. Times: bench/corpus.py."""

import pytest

from bench.corpus import heavy, mutants, vectors
from certificados.domain.facts import Facts
from certificados.domain.reader import read
from portal.kernel.rules import ILEGIVEL
from tests.certificados_domain.casos import AT, CNPJ, Caso, codes, good, hierarquia

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # the corpus has what the library warns of


def test_no_public_test_certificate_raises_or_is_accepted() -> None:
    accepted = [name for name, data in vectors() if Caso(data).judge().aceito]

    assert accepted == []
    assert sum(1 for _ in vectors()) > 1774


def test_no_mutant_of_a_good_certificate_raises_or_is_accepted() -> None:
    """The good one is judged first, so that a memory of it would show."""
    assert Caso().judge().aceito

    accepted = [name for name, data in mutants(good(), 1500, seed=7) if Caso(data).judge().aceito]

    assert accepted == []


def test_the_number_of_unused_bits_of_the_signature_cannot_be_changed() -> None:
    """Found by a mutant: the library verifies it all the same, and the fingerprint would be another."""
    der = next(
        issued.der
        for issued in (hierarquia().issue(cnpj=CNPJ) for _ in range(200))
        if issued.der[-1] & 1 == 0  # or else the library itself refuses
    )
    at = len(der) - 257
    assert der[at] == 0

    relatorio = Caso(der[:at] + b"\1" + der[at + 1 :]).judge()

    assert Caso(der).judge().aceito
    assert not relatorio.aceito
    assert {"assinatura-sha2", "cadeia-icp-brasil"} <= codes(relatorio)


@pytest.mark.parametrize("name", [name for name, _ in heavy(hierarquia())])
def test_heavy_certificates_are_judged_like_any_other(name: str) -> None:
    data = dict(heavy(hierarquia()))[name]

    relatorio = Caso(data).judge()

    assert len(relatorio.verdict.resultados) == 13
    assert len(str(relatorio.to_dict())) < 20_000


def test_a_name_with_more_parts_than_any_real_one_is_not_told_unique() -> None:
    relatorio = Caso(dict(heavy(hierarquia()))["many RDNs"]).judge()

    assert codes(relatorio) == {"subject-unico"}
    assert next(r.encontrado for r in relatorio.verdict.falhas) == ILEGIVEL


def test_reading_twice_gives_the_same_facts() -> None:
    assert Facts.of(read(good())) == Facts.of(read(bytes(bytearray(good()))))
    assert Caso(at=AT).judge().to_dict() == Caso(at=AT).judge().to_dict()
