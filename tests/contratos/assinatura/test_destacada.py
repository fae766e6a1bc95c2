"""The signature in a file of its own: it must be over the issued bytes."""

import pytest
from asn1crypto import cms, pem

from contratos.assinatura.modelos import Codigo, Formato
from tests.contratos.assinatura.cena import (
    AT,
    OUTRO_CPF,
    bruno,
    codes,
    detached,
    emitido,
    judged,
    pessoa,
    signed_by_ana,
)


def together(*files: bytes) -> bytes:
    """One CMS with the signers of several."""
    loaded = [cms.ContentInfo.load(one) for one in files]
    first = loaded[0]
    first["content"]["signer_infos"] = [info["content"]["signer_infos"][0] for info in loaded]
    first["content"]["certificates"] = [choice for info in loaded for choice in info["content"]["certificates"]]
    return bytes(first.dump(force=True))


def test_a_signature_over_the_issued_bytes_is_accepted() -> None:
    (assinatura,) = judged(detached(emitido())).aceitas

    assert (assinatura.nome, assinatura.formato, assinatura.quando) == ("Ana Ribeiro", Formato.CMS, AT)


def test_the_same_in_text_armour_is_accepted() -> None:
    assert judged(pem.armor("PKCS7", detached(emitido()))).aceito


def test_a_signature_that_carries_the_issued_bytes_is_accepted() -> None:
    assert judged(detached(emitido(), anexa=True)).aceito


@pytest.mark.parametrize("anexa", [False, True])
def test_a_signature_over_other_bytes_is_the_wrong_document(anexa: bool) -> None:
    other = emitido("CCEAR-Q 0043/2026")

    assert codes(judged(detached(other, anexa=anexa))) == [Codigo.DOCUMENTO_ERRADO]


def test_a_signature_over_the_file_that_another_had_signed_already_is_the_wrong_document() -> None:
    assert codes(judged(detached(signed_by_ana()))) == [Codigo.DOCUMENTO_ERRADO]


def test_two_signers_in_one_file_are_told_apart() -> None:
    resultado = judged(together(detached(emitido()), detached(emitido(), bruno())))

    assert resultado.aceito
    assert {one.nome for one in resultado.aceitas} == {"Ana Ribeiro", "Bruno Tavares"}


def test_of_two_signers_the_stranger_alone_is_refused() -> None:
    resultado = judged(together(detached(emitido()), detached(emitido(), pessoa("Zeca Estranho", OUTRO_CPF))))

    assert [one.nome for one in resultado.aceitas] == ["Ana Ribeiro"]
    assert [one.codigo for one in resultado.recusas] == [Codigo.PESSOA_ERRADA]
    assert not resultado.aceito


def test_the_value_of_one_signature_under_the_certificate_of_another_is_tampering() -> None:
    ana, other = (cms.ContentInfo.load(detached(emitido(), who)) for who in (pessoa(), bruno()))
    info = ana["content"]["signer_infos"][0]
    info["signature"] = other["content"]["signer_infos"][0]["signature"]
    ana["content"]["signer_infos"] = [info]

    assert codes(judged(ana.dump(force=True))) == [Codigo.ADULTERADO]


def test_without_the_signers_certificate_it_is_unreadable() -> None:
    info = cms.ContentInfo.load(detached(emitido()))
    info["content"]["certificates"] = []

    assert codes(judged(info.dump(force=True))) == [Codigo.ILEGIVEL]


def test_a_heap_of_certificates_is_not_searched() -> None:
    info = cms.ContentInfo.load(detached(emitido()))
    info["content"]["certificates"] = [*info["content"]["certificates"]] * 20

    assert codes(judged(info.dump(force=True))) == [Codigo.ILEGIVEL]


def test_without_signers_it_is_unsigned() -> None:
    info = cms.ContentInfo.load(detached(emitido()))
    info["content"]["signer_infos"] = []

    assert codes(judged(info.dump(force=True))) == [Codigo.SEM_ASSINATURA]


def test_bytes_after_the_signature_are_not_ignored() -> None:
    assert codes(judged(detached(emitido()) + b"\0")) == [Codigo.ILEGIVEL]


def test_a_certificate_alone_is_no_signature() -> None:
    assert codes(judged(pessoa().der)) == [Codigo.ILEGIVEL]
