from certificados.admin.certificados import CertificadoAdmin
from certificados.admin.politicas import PoliticaAdmin

__all__ = ["CertificadoAdmin", "PoliticaAdmin"]
