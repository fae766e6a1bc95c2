"""Judges what came back signed. Never raises for what a person uploads.

An ordinary certificate must be good when the portal receives the file, since the hour that a signature declares is
its signer's own word. A time stamp of ICP-Brasil, or `recebidas`, moves that instant back: what was accepted once
stays good after its certificate ends. Revocation lists are not fetched; those given in `listas` count, and without
one the answer is "not consulted" (soft-fail), which `evidence` says.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from importlib.metadata import version
from typing import Any

from cryptography import x509

from contratos.assinatura.mensagens import refuse
from contratos.assinatura.modelos import Assinatura, Codigo, Designado, Recusa, Resultado
from portal.icp.domain.trust import TrustStore, fingerprint
from portal.kernel.guard import attempt

LIMITE = 20 * 1024 * 1024
_PDF_HEADER = 1024  # bytes within which readers look for it
_SEQUENCE = b"\x30"  # how DER begins; a signature may carry a PDF inside


def validate(
    enviado: bytes,
    *,
    emitido: bytes,
    confianca: TrustStore,
    designados: Sequence[Designado],
    at: datetime,
    recebidas: Mapping[str, datetime] | None = None,
    listas: Sequence[x509.CertificateRevocationList] = (),
) -> Resultado:
    """Every signature of the file, one by one: an Assinatura, or what is wrong with it.

    `recebidas`: when the portal first accepted the signatures it knows already, by their `impressao`.
    """
    recusa = _at_a_glance(enviado)
    aceitas: list[Assinatura] = []
    recusas = [recusa] if recusa else []
    if not recusa:
        judged = _judged(enviado, emitido, confianca, designados, at, recebidas or {}, listas)
        aceitas = [one for one in judged if isinstance(one, Assinatura)]
        recusas = [one for one in judged if isinstance(one, Recusa)]
    evidence: dict[str, Any] = {
        "verificado_em": at.isoformat(),
        "verificador": f"pyHanko {version('pyhanko')}",
        "sha256_emitido": hashlib.sha256(emitido).hexdigest(),
        "sha256_enviado": hashlib.sha256(enviado).hexdigest(),
        "tamanho": len(enviado),
        "raizes": sorted(fingerprint(root) for root in confianca.anchors),
        "revogacao": f"{len(listas)} listas" if listas else "não consultada",
        "assinaturas": [_plain(asdict(one)) for one in aceitas],
        "recusas": [_plain(asdict(one)) for one in recusas],
    }
    return Resultado(tuple(aceitas), tuple(recusas), evidence)


def _at_a_glance(enviado: bytes) -> Recusa | None:
    if len(enviado) > LIMITE:
        return refuse(Codigo.GRANDE_DEMAIS, f"O arquivo tem {len(enviado) / 1024 / 1024:.1f} MB.")
    return None if enviado.strip() else refuse(Codigo.ILEGIVEL, "O arquivo está vazio.")


def _judged(
    enviado: bytes,
    emitido: bytes,
    confianca: TrustStore,
    designados: Sequence[Designado],
    at: datetime,
    recebidas: Mapping[str, datetime],
    listas: Sequence[x509.CertificateRevocationList],
) -> list[Assinatura | Recusa]:
    from contratos.assinatura import destacada, julgamento, pades  # noqa: PLC0415 - pyHanko takes over a second
    from contratos.assinatura.exame import Criterio  # noqa: PLC0415 - as above

    criterio = Criterio(confianca, designados, at, recebidas, listas)
    is_pdf = b"%PDF-" in enviado[:_PDF_HEADER] and not enviado.startswith(_SEQUENCE)
    lidas, recusas = (pades if is_pdf else destacada).read(enviado, emitido)
    # Structures are read where they are first asked for, so that a corrupt one may show at any step of the judgment.
    corrupt = [refuse(Codigo.ADULTERADO, "A estrutura da assinatura está corrompida.")]
    judged = [attempt(partial(julgamento.judge, lida, criterio), corrupt) for lida in lidas]
    return [*recusas, *(one for found in judged for one in found)]


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Only what JSON knows."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else str(value) if isinstance(value, Codigo) else value
        for name, value in values.items()
    }
