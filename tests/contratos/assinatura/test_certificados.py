"""Who signed: chain, person, company, use and time."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from contratos.assinatura.modelos import Codigo, Designado
from portal.demo.hierarquia import Emitido
from tests.contratos.assinatura.cena import (
    ANA_CPF,
    AT,
    BRUNO_CPF,
    CNPJ,
    OUTRO_CNPJ,
    OUTRO_CPF,
    YEAR,
    bruno,
    codes,
    hierarquia,
    judged,
    pessoa,
    signed,
    signed_by_ana,
    stamper,
)

EXPIRED = {"not_before": AT - 2 * YEAR, "days": 365}


def of_company(cnpj: str, cpf: str = BRUNO_CPF) -> Emitido:
    return pessoa("Distribuidora São João Ltda", cpf, cnpj=cnpj)


def test_a_root_of_the_same_name_with_another_key_is_foreign() -> None:
    resultado = judged(signed(who=pessoa(outra="homologação")))

    assert codes(resultado) == [Codigo.RAIZ_ESTRANHA]
    assert "outro ambiente" in resultado.recusas[0].encontrado


def test_an_authority_that_only_the_file_brings_is_not_trusted() -> None:
    trust = type(hierarquia().trust).build([hierarquia().raiz.cert], [])

    assert codes(judged(signed_by_ana(), confianca=trust)) == [Codigo.RAIZ_ESTRANHA]


def test_without_roots_nothing_is_trusted() -> None:
    trust = type(hierarquia().trust).build([], [])

    assert codes(judged(signed_by_ana(), confianca=trust)) == [Codigo.RAIZ_ESTRANHA]


def test_a_person_who_was_not_designated_may_not_sign() -> None:
    resultado = judged(signed(who=pessoa("Zeca Estranho", OUTRO_CPF)))

    assert codes(resultado) == [Codigo.PESSOA_ERRADA]
    (recusa,) = resultado.recusas
    assert "Ana Ribeiro, Bruno Tavares" in recusa.encontrado
    assert OUTRO_CPF not in recusa.texto


def test_a_designated_name_with_another_cpf_is_another_person() -> None:
    assert codes(judged(signed(who=pessoa("Ana Ribeiro", OUTRO_CPF)))) == [Codigo.PESSOA_ERRADA]


def test_an_e_cnpj_counts_for_its_company_and_its_responsible_person() -> None:
    resultado = judged(signed(who=of_company(CNPJ)))

    (assinatura,) = resultado.aceitas
    assert (assinatura.cpf, assinatura.cnpj, assinatura.designado.nome) == (BRUNO_CPF, CNPJ, "Bruno Tavares")


@pytest.mark.parametrize(("cnpj", "cpf"), [(OUTRO_CNPJ, BRUNO_CPF), (CNPJ, ANA_CPF)])
def test_an_e_cnpj_of_another_company_is_refused(cnpj: str, cpf: str) -> None:
    assert codes(judged(signed(who=of_company(cnpj, cpf)))) == [Codigo.EMPRESA_ERRADA]


def test_an_e_cnpj_without_a_person_is_refused() -> None:
    assert codes(judged(signed(who=of_company(CNPJ, "")))) == [Codigo.CPF_AUSENTE]


@pytest.mark.parametrize("cpf", ["", "00000000000", "12345678900"])
def test_a_certificate_without_a_valid_cpf_is_refused(cpf: str) -> None:
    assert codes(judged(signed(who=pessoa("Ana Ribeiro", cpf)))) == [Codigo.CPF_AUSENTE]


def test_the_designated_cpf_may_carry_its_mask() -> None:
    assert judged(signed_by_ana(), designados=[Designado("Ana", "529.982.247-25")]).aceito


def test_an_expired_certificate_is_refused() -> None:
    assert codes(judged(signed(who=pessoa(**EXPIRED)))) == [Codigo.VENCIDO]


def test_an_expired_foreign_stranger_is_told_all_three() -> None:
    resultado = judged(signed(who=pessoa("Zeca Estranho", OUTRO_CPF, outra="homologação", **EXPIRED)))

    assert codes(resultado) == [Codigo.RAIZ_ESTRANHA, Codigo.VENCIDO, Codigo.PESSOA_ERRADA]


def test_good_when_signed_but_expired_on_arrival_is_refused_without_a_time_stamp() -> None:
    who = pessoa(**EXPIRED)
    enviado = signed(who=who, at=AT - YEAR - timedelta(days=10))

    assert codes(judged(enviado)) == [Codigo.VENCIDO]


def test_good_when_stamped_but_expired_on_arrival_is_accepted() -> None:
    then = AT - YEAR - timedelta(days=10)
    enviado = signed(who=pessoa(**EXPIRED), at=then, carimbo=stamper(then))

    resultado = judged(enviado)

    assert resultado.aceito
    assert resultado.aceitas[0].carimbada_em == resultado.aceitas[0].verificada_em == then


def test_stamped_after_it_expired_is_refused() -> None:
    enviado = signed(who=pessoa(**EXPIRED), at=AT - timedelta(days=1), carimbo=stamper(AT - timedelta(days=1)))

    assert codes(judged(enviado)) == [Codigo.VENCIDO]


def test_a_stamp_from_a_foreign_authority_is_refused() -> None:
    enviado = signed(carimbo=stamper(AT, "homologação"))

    assert codes(judged(enviado)) == [Codigo.CARIMBO_INVALIDO]


def test_what_was_accepted_once_stays_good_when_the_second_signs_after_the_certificate_ended() -> None:
    first = judged(signed_by_ana()).aceitas[0]
    later = AT + 2 * YEAR
    late = pessoa("Bruno Tavares", BRUNO_CPF, not_before=later - timedelta(days=1))
    both = signed(signed_by_ana(), late, at=later)

    forgotten = judged(both, at=later)
    remembered = judged(both, at=later, recebidas={first.impressao: AT})

    assert [recusa.codigo for recusa in forgotten.recusas] == [Codigo.VENCIDO]
    assert remembered.aceito
    assert [one.verificada_em for one in remembered.aceitas] == [AT, later]


def test_an_hour_declared_outside_the_certificates_life_is_refused() -> None:
    assert codes(judged(signed(at=AT - YEAR))) == [Codigo.VENCIDO]


def test_an_hour_declared_in_the_future_is_refused() -> None:
    assert codes(judged(signed(at=AT + timedelta(days=2)))) == [Codigo.HORA_INCOERENTE]


@pytest.mark.parametrize(
    "options",
    [
        {"eku": (ExtendedKeyUsageOID.SERVER_AUTH,)},
        {"key_usage": x509.KeyUsage(True, False, True, False, False, False, False, False, False)},
    ],
    ids=["of a server", "without non-repudiation"],
)
def test_a_certificate_made_for_something_else_does_not_sign(options: dict[str, Any]) -> None:
    assert codes(judged(signed(who=pessoa(**options)))) == [Codigo.USO_INDEVIDO]


def test_a_certificate_on_a_revocation_list_is_refused() -> None:
    ac = hierarquia().ac
    place = x509.DistributionPoint([x509.UniformResourceIdentifier("http://lcr.test/ac.crl")], None, None, None)
    who = pessoa(extensions=((x509.CRLDistributionPoints([place]), False),))
    revoked = x509.RevokedCertificateBuilder(who.cert.serial_number, AT - timedelta(hours=5)).build()
    builder = x509.CertificateRevocationListBuilder(ac.cert.subject, AT - timedelta(hours=1), AT + timedelta(days=1))
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(ac.key.public_key())
    lista = (
        builder.add_revoked_certificate(revoked)
        .add_extension(identifier, False)
        .add_extension(x509.CRLNumber(1), False)
        .sign(ac.key, hashes.SHA256())
    )

    assert codes(judged(signed(who=who), listas=[lista])) == [Codigo.REVOGADO]
    assert judged(signed(who=bruno()), listas=[lista]).aceito
