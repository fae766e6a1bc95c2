"""The real certificates of the shared data, at 2026-11-21, under the pinned roots."""

from functools import lru_cache

import pytest

from certificados.domain.judge import Contexto
from portal.icp.domain.bundles import load_path
from portal.icp.domain.trust import PINNED_ROOTS, TrustStore, fingerprint
from tests.certificados_domain.casos import AT, DATA, Caso, codes, found

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is absent")

ACCEPTED = {
    "v10_server_sefaz_am_wildcard_2026-08__serpro_sslv1.der": "04312377000137",
    "v10_server_sefaz_ba__certisign_ev_g4.der": "13937073000156",
    "v10_server_sefaz_mt__soluti_ev_g4.der": "58290502000184",
    "v10_server_svrs_wildcard__serpro_sslv1.der": "87124582000104",
}
CLIENT_ONLY = {"vigente", "servidor-web-ssl"}
AUTHORITY = {"validade-menor-395-dias", "servidor-web-ssl", "cadeia-icp-brasil"}
REFUSED = {
    "leaves/v10_brcac_serasa_2023__serasa_ev_v4.der": CLIENT_ONLY,
    "leaves/v10_brcac_serpro_2023__serpro_sslv1.der": CLIENT_ONLY,
    "leaves/v10_brcac_soluti_2023-10__soluti_ev_g4_other_rdn_order.der": CLIENT_ONLY,
    "leaves/v10_brcac_soluti_2023__soluti_ev_g4.der": CLIENT_ONLY,
    "leaves/v10_server_2022_www.producaorestrita.nfse.gov.br__Autoridade_Certificadora_do_SERP.der": {"vigente"},
    "negative/homolog_ca_serpro_sslv1_hom.der": AUTHORITY | {"chave-rsa-2048"},
    "negative/homolog_root_3f3f285d.der": AUTHORITY,
    "negative/homolog_root_aaad00d2.der": AUTHORITY | {"chave-rsa-2048"},
    "negative/nonicp_ca_serpro_ar46_ov_globalsign.pem": AUTHORITY | {"formato-der"},
}


@lru_cache
def trust() -> TrustStore:
    return load_path(DATA / "truststore")


def case(name: str, cnpj: str | None = None) -> Caso:
    return Caso((DATA / name).read_bytes(), Contexto(agente_cnpj=cnpj), trust=trust())


def test_the_trust_store_stands_on_the_pinned_roots_alone() -> None:
    assert {fingerprint(root) for root in trust().anchors} == set(PINNED_ROOTS)
    assert len(trust().intermediates) == 32


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_valid_server_certificate_is_accepted(name: str) -> None:
    relatorio = case(f"leaves/{name}", ACCEPTED[name]).judge()

    assert relatorio.aceito
    assert codes(relatorio, "aviso") == set()
    assert relatorio.facts.cnpj_origem == "2.5.4.5"
    assert found(relatorio, "cadeia-icp-brasil").endswith("Raiz Brasileira v10")


@pytest.mark.parametrize("name", REFUSED)
def test_the_others_are_refused_for_exactly_the_right_reasons(name: str) -> None:
    assert codes(case(name).judge()) == REFUSED[name]


def test_every_file_of_the_data_is_decided_here() -> None:
    files = {f"{folder}/{file.name}" for folder in ("leaves", "negative") for file in (DATA / folder).iterdir()}

    assert files == set(REFUSED) | {f"leaves/{name}" for name in ACCEPTED}


def test_a_homologation_root_is_not_taken_for_its_namesake() -> None:
    relatorio = case("negative/homolog_root_3f3f285d.der").judge()

    assert "homologação" in found(relatorio, "cadeia-icp-brasil")


def test_a_brazilian_name_of_another_hierarchy_is_explained() -> None:
    relatorio = case("negative/nonicp_ca_serpro_ar46_ov_globalsign.pem").judge()
    resultado = next(r for r in relatorio.verdict.falhas if r.codigo == "cadeia-icp-brasil")

    assert "GlobalSign Root R46" in resultado.encontrado
    assert "AC SERPRO AR46 OV" in resultado.como_resolver


def test_two_names_that_differ_in_order_only_meet_in_the_loose_key() -> None:
    one, other = (
        case(f"leaves/v10_brcac_soluti_2023{suffix}.der").judge().facts
        for suffix in ("__soluti_ev_g4", "-10__soluti_ev_g4_other_rdn_order")
    )

    assert one.subject_hash != other.subject_hash
    assert one.titular != other.titular
    assert (one.valid_until or AT) < AT
