"""What of a row is copied, with the DER, which is public. The sandbox issues and keeps no key of a certificate."""

from certificados.models import Certificado

CERTIFICADO = (
    "nome_arquivo", "sha256", "titular", "emissor", "certificadora", "versao", "numero_serie", "valid_from",
    "valid_until", "cnpj", "cnpj_origem", "subject_hash", "subject_hash_unordered", "spki_sha256", "politica", "slot",
    "limite", "compartilhado", "included_at",
)  # fmt: skip
DATAS = ("valid_from", "valid_until", "included_at")
COPIA = "cópia da produção"  # who put it in service here

assert {field.attname for field in Certificado._meta.concrete_fields} >= set(CERTIFICADO)  # noqa: S101 - at import
