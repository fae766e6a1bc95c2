"""Signatures inside a PDF: what was signed must be the issued file, to which nothing but signatures was added."""

import io
from collections.abc import Iterator

from asn1crypto import cms
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel, SuspiciousModification
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from contratos.assinatura.exame import Lida
from contratos.assinatura.mensagens import refuse
from contratos.assinatura.modelos import Codigo, Formato, Recusa
from portal.kernel.guard import attempt

MAX_SIGNATURES = 20


def read(enviado: bytes, emitido: bytes) -> tuple[list[Lida], list[Recusa]]:
    """The signatures to judge, and what is wrong with the file itself: then there is nothing to judge."""
    reader = attempt(lambda: PdfFileReader(io.BytesIO(enviado)), None)
    if reader is None:
        return [], [_unreadable(enviado, emitido)]
    if attempt(lambda: reader.encrypted, True):
        return [], [refuse(Codigo.CIFRADO, "O PDF está protegido por senha ou com restrições.")]
    found = attempt(lambda: _signatures(reader), None)
    if not enviado.startswith(emitido):
        return [], list(_other_content(enviado, emitido, found))
    wrong = attempt(lambda: _added(reader, enviado, emitido, found), _corrupt())
    if wrong or not found:
        return [], [wrong or _corrupt()]
    return [_lida(one, number) for number, one in enumerate(found, 1)], []


def _unreadable(enviado: bytes, emitido: bytes) -> Recusa:
    if enviado.startswith(emitido) or _identity(emitido) in enviado:
        return _corrupt()
    return refuse(Codigo.ILEGIVEL, "O PDF está corrompido ou incompleto.")


def _corrupt() -> Recusa:
    return refuse(Codigo.ADULTERADO, "O arquivo parte do documento emitido, mas a sua estrutura está corrompida.")


def _other_content(enviado: bytes, emitido: bytes, found: list[EmbeddedPdfSignature] | None) -> Iterator[Recusa]:
    if _identity(emitido) in enviado:
        yield refuse(Codigo.ADULTERADO, "O conteúdo do documento emitido foi alterado ou o arquivo foi regravado.")
    else:
        yield refuse(Codigo.DOCUMENTO_ERRADO, "O PDF não é o documento que o portal emitiu.")
    if found == []:
        yield refuse(Codigo.SEM_ASSINATURA, "O PDF não traz nenhuma assinatura digital.")


def _added(
    reader: PdfFileReader, enviado: bytes, emitido: bytes, found: list[EmbeddedPdfSignature] | None
) -> Recusa | None:
    """What is wrong with what comes after the issued bytes."""
    if found == []:
        return refuse(Codigo.SEM_ASSINATURA, "O PDF é o documento emitido, ainda sem assinatura digital.")
    if found is None or not all(_is_contiguous(one, enviado) for one in found) or _trailing(reader, found, enviado):
        return refuse(Codigo.ADULTERADO, "Há assinatura malformada ou conteúdo que nenhuma assinatura cobre.")
    if "/Perms" in reader.root:
        return refuse(Codigo.DOCUMENTO_FECHADO, "O documento foi certificado, em vez de assinado.")
    if not _only_signatures_were_added(reader, emitido):
        return refuse(Codigo.ADULTERADO, "Algo além de assinaturas foi acrescentado ou alterado no documento emitido.")
    if _stamps_outside_last_page(reader):
        return refuse(Codigo.SELO_SOBRE_O_TEXTO, "Há um selo de assinatura visível antes da última página.")
    return None


def _signatures(reader: PdfFileReader) -> list[EmbeddedPdfSignature]:
    """Those of people; raises where one is in a format that pyHanko would leave out in silence."""
    filled = list(enumerate_sig_fields(reader, filled_status=True))
    embedded = list(reader.embedded_signatures)
    if len(filled) != len(embedded) or len(filled) > MAX_SIGNATURES:
        raise ValueError("a signature of an unknown kind, or far too many")
    return [one for one in embedded if one.sig_object_type == "/Sig"]


def _only_signatures_were_added(reader: PdfFileReader, emitido: bytes) -> bool:
    """The first revision is the issued one, and pyHanko's policy clears each that follows.

    A prefix of equal bytes is not enough: a forged cross-reference table could leave it unread.
    """
    base = PdfFileReader(io.BytesIO(emitido))
    xrefs = reader.xrefs
    if base.xrefs.total_revisions != 1 or xrefs.get_startxref_for_revision(0) != base.last_startxref:
        return False
    if xrefs.hybrid_xrefs_present:
        return False
    try:
        result = DEFAULT_DIFF_POLICY.review_file(reader, 0)
    except SuspiciousModification:
        return False
    return isinstance(result, DiffResult) and result.modification_level <= ModificationLevel.FORM_FILLING


def _is_contiguous(one: EmbeddedPdfSignature, enviado: bytes) -> bool:
    """All but the signature's own hexadecimal digits is signed, and nothing is hidden among these."""
    start, first, second, _ = (int(number) for number in one.byte_range)
    digits = enviado[first + 1 : second - 1]
    wrapped = enviado[first : first + 1] + enviado[second - 1 : second] == b"<>"
    same = attempt(lambda: bytes.fromhex(digits.decode("ascii")), None) == one.pkcs7_content
    padding = one.pkcs7_content[len(cms.ContentInfo.load(one.pkcs7_content).dump()) :]
    return start == 0 and wrapped and same and not any(padding)


def _trailing(reader: PdfFileReader, found: list[EmbeddedPdfSignature], enviado: bytes) -> bool:
    """Bytes after the last signature that are no revision of the document: no reader shows them, nothing covers them.

    A revision that validation data or a document time stamp took for themselves ends in its own mark.
    """
    tail = enviado[max(one.byte_range[2] + one.byte_range[3] for one in found) :]
    later = reader.xrefs.total_revisions - 1 - max(one.signed_revision for one in found)
    return tail.count(b"%%EOF") != later or bool(tail.rpartition(b"%%EOF")[2].strip())


def _stamps_outside_last_page(reader: PdfFileReader) -> bool:
    """Elsewhere a stamp could be drawn to look like another text."""
    for number in range(int(reader.root["/Pages"]["/Count"]) - 1):
        page = reader.find_page_for_modification(number)[0].get_object()
        for annotation in page.get("/Annots", ()):
            left, bottom, right, top = (float(side) for side in annotation.get_object()["/Rect"])
            if left != right and bottom != top:
                return True
    return False


def _identity(emitido: bytes) -> bytes:
    """The identifier that the issued file carries, as it is written in it."""
    return emitido[emitido.rindex(b"/ID") :].partition(b"<")[2].partition(b">")[0]


def _lida(one: EmbeddedPdfSignature, number: int) -> Lida:
    return Lida(
        signed_data=one.signed_data,
        verify=lambda context: validate_pdf_signature(one, signer_validation_context=context),
        formato=Formato.PADES,
        politica=str(one.sig_object.get("/SubFilter", "")).removeprefix("/"),
        alheio=Codigo.ADULTERADO,
        rotulo=f"número {number}",
    )
