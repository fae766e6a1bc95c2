"""The public check of a signed document: by its number, and only what a third party may know."""

import hashlib

from django.conf import settings
from django.urls import reverse

from contratos.assinatura.numeros import normalise
from contratos.assinatura.pessoas import hide
from contratos.assinatura.protocolo import Firma, Protocolo
from contratos.domain.contrato import CCEE_ACER
from contratos.models import AssinaturaAceita, Documento
from portal.kernel.errors import NotFound

NAO_EXISTE = (
    "Nenhum documento tem este número de protocolo. Compare-o com o impresso: se forem iguais, o documento não foi "
    "emitido por este portal."
)


def read(numero: str) -> Protocolo:
    """Raises ProtocoloInvalido for what is no number, NotFound for one that was never given."""
    found = Documento.objects.filter(protocolo=normalise(numero)).select_related("contrato__vendedor").first()
    if found is None or found.protocolo is None or found.completed_at is None:
        raise NotFound(NAO_EXISTE)
    return Protocolo(
        numero=found.protocolo,
        titulo=found.titulo,
        documento=found.contrato.numero,
        emitido_em=found.issued_at,
        concluido_em=found.completed_at,
        sha256_emitido=found.sha256,
        sha256_assinado=hashlib.sha256(bytes(found.assinado)).hexdigest() if found.assinado else "",
        endereco=f"{settings.ENDERECO_PUBLICO}{reverse('autenticidade', args=[found.protocolo])}",
        firmas=tuple(_line(row) for row in found.assinaturas.select_related("signatario__agente").order_by("pk")),
    )


def _line(row: AssinaturaAceita) -> Firma:
    agente = row.signatario.agente if row.signatario else None
    on_paper = row.indisponibilidade_id is not None
    return Firma(
        nome=row.nome,
        cpf=hide(row.cpf),
        papel="parte",
        empresa=agente.razao_social if agente else CCEE_ACER,
        cnpj=agente.cnpj if agente else "",
        emissor="em papel, com firma reconhecida" if on_paper else str(row.evidencia.get("emissor", "")),
        quando=row.signed_at,
        recebida_em=row.accepted_at,
    )
