from certificados.admin.certificados import CertificadoAdmin
from certificados.admin.listas import ListaRevogacaoAdmin
from certificados.admin.politicas import PoliticaAdmin

__all__ = ["CertificadoAdmin", "ListaRevogacaoAdmin", "PoliticaAdmin"]
