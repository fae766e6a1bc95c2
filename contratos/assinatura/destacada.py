"""Signatures in a file of their own (.p7s): they must be over the issued bytes, which they may also carry along."""

import asyncio

from asn1crypto import cms, pem
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms

from contratos.assinatura.exame import Lida
from contratos.assinatura.mensagens import refuse
from contratos.assinatura.modelos import Codigo, Formato, Recusa
from portal.kernel.guard import attempt

MAX_SIGNERS = 20


def read(enviado: bytes, emitido: bytes) -> tuple[list[Lida], list[Recusa]]:
    """The signatures to judge, and what is wrong with the file itself: then there is nothing to judge."""
    unreadable = [refuse(Codigo.ILEGIVEL, "O arquivo não é um PDF nem uma assinatura CMS que se possa ler.")]
    return attempt(lambda: _read(_signed_data(enviado), emitido), ([], unreadable))


def _read(signed_data: cms.SignedData, emitido: bytes) -> tuple[list[Lida], list[Recusa]]:
    carried = signed_data["encap_content_info"]["content"].native
    if carried is not None and carried != emitido:
        text = "A assinatura traz dentro de si outro conteúdo, diferente do documento emitido."
        return [], [refuse(Codigo.DOCUMENTO_ERRADO, text)]
    count = len(signed_data["signer_infos"])
    if not count:
        return [], [refuse(Codigo.SEM_ASSINATURA, "O arquivo .p7s não traz nenhuma assinatura.")]
    if count > MAX_SIGNERS:
        return [], [refuse(Codigo.ILEGIVEL, f"O arquivo .p7s traz {count} assinaturas.")]
    return [_lida(_alone(signed_data, index), emitido, index + 1) for index in range(count)], []


def _signed_data(enviado: bytes) -> cms.SignedData:
    der = pem.unarmor(enviado)[2] if pem.detect(enviado) else enviado
    info = cms.ContentInfo.load(der, strict=True)
    signed_data = info["content"]
    kinds = info["content_type"].native, signed_data["encap_content_info"]["content_type"].native
    if kinds != ("signed_data", "data"):
        raise ValueError("not a signature over plain bytes")
    return signed_data


def _alone(signed_data: cms.SignedData, index: int) -> cms.SignedData:
    """One signer at a time, and the content left to the issued file: pyHanko takes no other."""
    alone = {
        "version": "v1",
        "digest_algorithms": signed_data["digest_algorithms"],
        "encap_content_info": {"content_type": "data"},
        "certificates": signed_data["certificates"],
        "signer_infos": [signed_data["signer_infos"][index]],
    }
    return cms.SignedData.load(cms.SignedData(alone).dump())


def _lida(signed_data: cms.SignedData, emitido: bytes, number: int) -> Lida:
    return Lida(
        signed_data=signed_data,
        verify=lambda context: asyncio.run(async_validate_detached_cms(emitido, signed_data, context)),
        formato=Formato.CMS,
        politica="cms-destacada",
        alheio=Codigo.DOCUMENTO_ERRADO,
        rotulo=f"número {number}",
    )
