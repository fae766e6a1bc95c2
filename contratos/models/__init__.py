"""Regulated contracts, what stands behind them, and the flows by which they are signed and changed."""

from contratos.models.acordo import AcordoBilateral
from contratos.models.anuncio import Anuncio
from contratos.models.atividade import Atividade, ConjuntoDeMarcos, Fluxo
from contratos.models.cbr import Cbr, PeriodoDoCbr, VersaoDoCbr
from contratos.models.ccer import Ccer, MontanteDoMes, Suprimento, UnidadeConsumidora
from contratos.models.ccg import Aditamento, Ccg
from contratos.models.chamado import Chamado
from contratos.models.contagem import Contagem
from contratos.models.contrato import Contrato, Minuta
from contratos.models.documento import AssinaturaAceita, Documento, Indisponibilidade
from contratos.models.elegivel import Elegivel
from contratos.models.leilao import AtoRegulatorio, ExigenciaDoEdital, Leilao, Outorga, TipoDeLeilao
from contratos.models.parte import Cumprimento, Garantia, Signatario
from contratos.models.sazonalizacao import PerfilDeCarga, RegraDeSazonalizacao, Rodada, Sazonalizacao
from contratos.models.sucessao import Sucessao

__all__ = [
    "AcordoBilateral",
    "Aditamento",
    "Anuncio",
    "AssinaturaAceita",
    "Atividade",
    "AtoRegulatorio",
    "Cbr",
    "Ccer",
    "Ccg",
    "Chamado",
    "ConjuntoDeMarcos",
    "Contagem",
    "Contrato",
    "Cumprimento",
    "Documento",
    "Elegivel",
    "ExigenciaDoEdital",
    "Fluxo",
    "Garantia",
    "Indisponibilidade",
    "Leilao",
    "Minuta",
    "MontanteDoMes",
    "Outorga",
    "PerfilDeCarga",
    "PeriodoDoCbr",
    "RegraDeSazonalizacao",
    "Rodada",
    "Sazonalizacao",
    "Signatario",
    "Sucessao",
    "Suprimento",
    "TipoDeLeilao",
    "UnidadeConsumidora",
    "VersaoDoCbr",
]
