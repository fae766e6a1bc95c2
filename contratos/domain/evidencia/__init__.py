"""What has to be stated to close an activity: the fields of each kind of evidence, and reading what was typed."""

from contratos.domain.evidencia.campo import Campo, Tipo
from contratos.domain.evidencia.leitura import (
    EVIDENCIAS,
    LONGEST,
    LONGEST_TABLE,
    EvidenciaIncompleta,
    fields,
    read,
    told,
)

__all__ = ["EVIDENCIAS", "LONGEST", "LONGEST_TABLE", "Campo", "EvidenciaIncompleta", "Tipo", "fields", "read", "told"]
