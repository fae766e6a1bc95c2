"""Signs as a program outside the portal would, so that the whole path can be tried without one."""

import asyncio
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from portal.demo.hierarquia import Emitido
from portal.kernel.threads import apart


class _Signer(PdfSigner):
    """Declares the given hour, not the machine's: the demonstration may run on another day."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


def sign_pdf(
    pdf: bytes,
    who: Emitido,
    chain: Sequence[x509.Certificate],
    *,
    at: datetime,
    campo: str = "",
    carimbo: TimeStamper | None = None,
    selo: tuple[int, tuple[int, int, int, int]] | None = None,
    trava: MDPPerm | None = None,
    **metadata: Any,
) -> bytes:
    """PAdES. `selo`: page and box of a visible stamp; `trava`: what it leaves to later signers.

    `metadata` goes to pyHanko as it is.
    """
    name = campo or f"Assinatura-{pdf.count(b'/ByteRange') + 1}"
    page, box = selo or (0, None)
    locked = FieldMDPSpec(FieldMDPAction.ALL) if trava else None
    field = SigFieldSpec(name, on_page=page, box=box, field_mdp_spec=locked, doc_mdp_update_value=trava)
    options: dict[str, Any] = {"subfilter": SigSeedSubFilter.PADES, "md_algorithm": "sha256"} | metadata
    signer = _Signer(
        PdfSignatureMetadata(field_name=name, **options),
        signer=simple_signer(who, chain),
        timestamper=carimbo,
        new_field_spec=field,
        at=at,
    )
    return bytes(apart(lambda: signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))).getvalue())


def sign_detached(
    content: bytes, who: Emitido, chain: Sequence[x509.Certificate], *, at: datetime, anexa: bool = False
) -> bytes:
    """CMS (.p7s); `anexa` puts the content inside."""
    attributes = PdfCMSSignedAttributes(signing_time=at)
    signing = simple_signer(who, chain).async_sign_general_data(
        content, "sha256", detached=not anexa, signed_attr_settings=attributes
    )
    return bytes(apart(lambda: asyncio.run(signing)).dump())


def simple_signer(who: Emitido, chain: Sequence[x509.Certificate]) -> SimpleSigner:
    store = SimpleCertificateStore.from_certs(_asn1(one) for one in chain)
    private = who.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(_asn1(who.cert), keys.PrivateKeyInfo.load(private), store)


def _asn1(cert: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(cert.public_bytes(Encoding.DER))
