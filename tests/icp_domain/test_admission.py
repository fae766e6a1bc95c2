"""Who may become an authority of the trust store, and what a bundle mixed with foreign roots gives."""

import datetime as dt
from pathlib import Path

import certifi_icpbr
import pytest
from cryptography import x509

from portal.demo.hierarquia import AC, RAIZ, Hierarquia
from portal.icp.domain.admission import (
    NAO_AC,
    NAO_FIXADA,
    SEM_RAIZ,
    display_names,
    nearest_instant,
    pinned_hierarchy,
    refusal,
)
from portal.icp.domain.trust import PINNED_ROOTS, TrustStore, fingerprint, is_self_signed
from tests.certificados_domain.casos import AT, CNPJ, KEY, hierarquia

NOSSA = hierarquia()
FINAL = NOSSA.issue(cnpj=CNPJ, key=KEY).cert
PACOTE = tuple(pinned_hierarchy(Path(certifi_icpbr.where()).read_bytes()))
FIXADA = PACOTE[0]
NINGUEM = TrustStore.build([], [])
YEARS = dt.timedelta(days=30 * 365)


def why(
    certificate: x509.Certificate, *, trust: TrustStore = NOSSA.trust, raiz: bool = False, only_pinned: bool = False
) -> str:
    return refusal(certificate, trust=trust, raiz=raiz, only_pinned=only_pinned, now=AT)


@pytest.mark.parametrize(
    ("certificate", "raiz", "only_pinned", "refused"),
    [
        pytest.param(NOSSA.raiz.cert, False, False, SEM_RAIZ, id="a root not called one"),
        pytest.param(NOSSA.raiz.cert, True, False, "", id="a root called one"),
        pytest.param(NOSSA.raiz.cert, True, True, NAO_FIXADA, id="one that production does not know"),
        pytest.param(FIXADA, True, True, "", id="one that it knows"),
        pytest.param(FIXADA, False, True, SEM_RAIZ, id="one that it knows, not called one"),
        pytest.param(NOSSA.ac.cert, False, False, "", id="an authority under an accepted root"),
        pytest.param(FINAL, False, False, NAO_AC, id="a server's own"),
    ],
)
def test_it_may_or_not(certificate: x509.Certificate, raiz: bool, only_pinned: bool, refused: str) -> None:
    assert why(certificate, raiz=raiz, only_pinned=only_pinned) == refused


def test_an_authority_without_a_root_is_told_so() -> None:
    assert why(NOSSA.ac.cert, trust=NINGUEM).startswith("não chega a nenhuma raiz aceita. ")


def test_an_expired_authority_is_taken_for_the_certificates_of_its_time() -> None:
    old = Hierarquia.create(at=AT - YEARS, nome="-de-outrora")

    assert old.ac.cert.not_valid_after_utc < AT
    assert why(old.ac.cert, trust=old.trust) == ""
    assert nearest_instant(old.ac.cert, AT) == old.ac.cert.not_valid_after_utc
    assert nearest_instant(old.ac.cert, AT - 2 * YEARS) == old.ac.cert.not_valid_before_utc
    assert nearest_instant(FINAL, AT) == AT


def test_names_are_those_of_the_authority_and_of_its_issuer() -> None:
    assert display_names(NOSSA.ac.cert) == (AC, RAIZ)


def test_of_a_mixed_bundle_only_the_pinned_roots_and_what_chains_to_them_come_in() -> None:
    roots = [fingerprint(one) for one in PACOTE if is_self_signed(one)]

    assert set(roots) <= set(PINNED_ROOTS)
    assert len(roots) > 1
    assert len(PACOTE) > 100 + len(roots)
    assert [fingerprint(one) for one in PACOTE[: len(roots)]] == roots
    assert not [one for one in PACOTE if b"ICP-Brasil" not in one.tbs_certificate_bytes]
