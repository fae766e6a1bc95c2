"""Regulated contracts, what stands behind them, and the flows by which they are signed and changed."""

from contratos.models.atividade import Atividade, ConjuntoDeMarcos, Fluxo
from contratos.models.chamado import Chamado
from contratos.models.contagem import Contagem
from contratos.models.contrato import Contrato, Minuta
from contratos.models.documento import AssinaturaAceita, Documento, Indisponibilidade
from contratos.models.leilao import AtoRegulatorio, ExigenciaDoEdital, Leilao, Outorga, TipoDeLeilao
from contratos.models.parte import Cumprimento, Garantia, Signatario

__all__ = [
    "AssinaturaAceita",
    "Atividade",
    "AtoRegulatorio",
    "Chamado",
    "ConjuntoDeMarcos",
    "Contagem",
    "Contrato",
    "Cumprimento",
    "Documento",
    "ExigenciaDoEdital",
    "Fluxo",
    "Garantia",
    "Indisponibilidade",
    "Leilao",
    "Minuta",
    "Outorga",
    "Signatario",
    "TipoDeLeilao",
]
