"""The signed PDF: what may have happened to the issued file, and how each thing is answered."""

import asyncio
import io

import pytest
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from contratos.assinatura import validacao
from contratos.assinatura.modelos import Codigo
from portal.kernel.threads import apart
from tests.contratos.assinatura.cena import (
    AT,
    behind,
    bruno,
    codes,
    detached,
    emitido,
    judged,
    overdrawn,
    pessoa,
    signed,
    signed_by_ana,
)


def test_a_signed_document_is_accepted_with_who_signed_it() -> None:
    resultado = judged(signed_by_ana())

    (assinatura,) = resultado.aceitas
    assert resultado.aceito
    assert (assinatura.nome, assinatura.cpf, assinatura.cnpj) == ("Ana Ribeiro", "52998224725", None)
    assert assinatura.quando == assinatura.verificada_em == AT
    assert assinatura.politica == "ETSI.CAdES.detached"
    assert assinatura.resumo == "sha256"


def test_two_people_sign_one_after_the_other_and_both_are_told_apart() -> None:
    both = signed(signed_by_ana(), bruno())

    resultado = judged(both)

    assert resultado.aceito
    assert [one.nome for one in resultado.aceitas] == ["Ana Ribeiro", "Bruno Tavares"]
    first = judged(signed_by_ana()).aceitas[0]
    assert resultado.aceitas[0].impressao == first.impressao != resultado.aceitas[1].impressao


def test_the_adobe_kind_of_signature_is_accepted_too() -> None:
    enviado = signed(subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)

    assert judged(enviado).aceito


def test_the_issued_file_sent_back_is_unsigned() -> None:
    assert codes(judged(emitido())) == [Codigo.SEM_ASSINATURA]


def test_a_byte_changed_in_the_issued_pages_is_tampering() -> None:
    position = signed_by_ana().index(b"stream") + 40
    enviado = bytearray(signed_by_ana())
    enviado[position] ^= 1

    assert codes(judged(bytes(enviado))) == [Codigo.ADULTERADO]


def test_a_page_changed_after_the_signature_is_tampering() -> None:
    assert codes(judged(overdrawn(signed_by_ana()))) == [Codigo.ADULTERADO]


def test_a_page_changed_before_the_signature_is_tampering_though_the_signature_is_right() -> None:
    enviado = signed(overdrawn(emitido()))

    assert enviado.startswith(emitido())
    assert codes(judged(enviado)) == [Codigo.ADULTERADO]


def test_the_page_of_signatures_is_protected_like_the_others() -> None:
    assert codes(judged(signed(overdrawn(emitido(), page=1)))) == [Codigo.ADULTERADO]


def test_an_issued_file_that_is_there_but_that_nobody_reads_does_not_count() -> None:
    enviado = signed(behind(emitido("CCEAR-Q 0666/2026"), emitido()))

    assert enviado.startswith(emitido())
    assert codes(judged(enviado)) == [Codigo.ADULTERADO]


def test_a_signature_on_another_issued_document_is_the_wrong_document() -> None:
    enviado = signed(emitido("CCEAR-Q 0043/2026"))

    assert codes(judged(enviado)) == [Codigo.DOCUMENTO_ERRADO]


def test_another_document_without_signature_is_wrong_on_both_counts() -> None:
    enviado = emitido("CCEAR-Q 0043/2026")

    assert codes(judged(enviado)) == [Codigo.DOCUMENTO_ERRADO, Codigo.SEM_ASSINATURA]


def test_the_issued_document_saved_anew_by_some_program_is_told_so() -> None:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(emitido())))
    target = io.BytesIO()
    writer.write(target)

    recusas = judged(signed(target.getvalue())).recusas

    assert recusas[0].codigo in {Codigo.ADULTERADO, Codigo.DOCUMENTO_ERRADO}


def test_a_password_on_the_file_is_named() -> None:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(emitido())))
    writer.encrypt("senha")
    target = io.BytesIO()
    writer.write(target)

    assert codes(judged(target.getvalue())) == [Codigo.CIFRADO]


def test_a_visible_stamp_may_stand_on_the_last_page_only() -> None:
    box = (60, 500, 260, 560)

    assert judged(signed(selo=(-1, box))).aceito
    assert codes(judged(signed(selo=(0, box)))) == [Codigo.SELO_SOBRE_O_TEXTO]


def test_a_first_signer_who_closes_the_document_keeps_the_second_out() -> None:
    closed = signed(trava=MDPPerm.NO_CHANGES)

    resultado = judged(signed(closed, bruno()))

    assert judged(closed).aceito
    assert [(one.codigo, one.assinante) for one in resultado.recusas] == [(Codigo.DOCUMENTO_FECHADO, "Ana Ribeiro")]


def test_certifying_is_not_signing() -> None:
    assert codes(judged(signed(certify=True))) == [Codigo.DOCUMENTO_FECHADO]


def test_bytes_behind_the_end_are_not_ignored() -> None:
    assert codes(judged(signed_by_ana() + b"\n<</Outro /Conteudo>>")) == [Codigo.ADULTERADO]


def test_a_signature_of_an_unknown_kind_is_not_left_out_in_silence() -> None:
    second = signed(signed_by_ana(), bruno())
    at = second.rindex(b"/ETSI.CAdES.detached")
    enviado = second[:at] + b"/ETSI.CAdES.detachex" + second[at + 20 :]

    assert codes(judged(enviado)) == [Codigo.ADULTERADO]


def test_padding_of_the_signature_hides_nothing() -> None:
    enviado = bytearray(signed_by_ana())
    enviado[enviado.rindex(b"00>") + 1] = ord("1")

    assert codes(judged(bytes(enviado))) == [Codigo.ADULTERADO]


@pytest.mark.parametrize("keep", [5, 100, 5000, -1, -40])
def test_a_cut_file_is_refused_in_words(keep: int) -> None:
    assert codes(judged(signed_by_ana()[:keep])) in ([Codigo.ILEGIVEL], [Codigo.ADULTERADO], [Codigo.SEM_ASSINATURA])


@pytest.mark.parametrize("enviado", [b"", b"   ", b"oi", b"%PDF-", b"\x89PNG\r\n", b"%PDF-1.4\n%%EOF", b"PK\x03\x04"])
def test_what_is_no_signed_file_at_all_is_unreadable(enviado: bytes) -> None:
    assert codes(judged(enviado)) == [Codigo.ILEGIVEL]


def test_a_file_too_large_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validacao, "LIMITE", len(signed_by_ana()) - 1)

    assert codes(judged(signed_by_ana())) == [Codigo.GRANDE_DEMAIS]


def test_one_bad_signature_does_not_hide_the_good_one_but_the_file_is_not_accepted() -> None:
    stranger = pessoa("Zeca Estranho", "12345678909")

    resultado = judged(signed(signed_by_ana(), stranger))

    assert [one.nome for one in resultado.aceitas] == ["Ana Ribeiro"]
    assert [(one.codigo, one.assinante) for one in resultado.recusas] == [(Codigo.PESSOA_ERRADA, "Zeca Estranho")]
    assert not resultado.aceito


def test_a_weak_digest_is_refused() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pyhanko.sign.signers.pdf_signer.PdfSigner._select_md_algorithm", lambda self, sv: "sha1")
        enviado = signed()

    assert Codigo.ALGORITMO_FRACO in codes(judged(enviado))


def test_the_catalogue_may_not_change_beside_the_signature() -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(emitido()))
    writer.root["/PageMode"] = NameObject("/FullScreen")
    writer.update_root()
    target = io.BytesIO()
    writer.write(target)

    assert codes(judged(signed(target.getvalue()))) == [Codigo.ADULTERADO]


def test_a_server_that_runs_an_event_loop_judges_alike() -> None:
    async def inside() -> bool:
        return judged(signed_by_ana()).aceito and judged(detached(emitido())).aceito

    assert apart(lambda: asyncio.run(inside()))
