from portal.contas.admin.contas import ContaAdmin, EmpresaAdmin, ParAdmin
from portal.contas.admin.publicados import AutoridadeAdmin, CertificadoDoOperadorAdmin

__all__ = ["AutoridadeAdmin", "CertificadoDoOperadorAdmin", "ContaAdmin", "EmpresaAdmin", "ParAdmin"]
