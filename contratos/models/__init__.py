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
from contratos.models.disponibilidade import DisponibilidadeDeclarada, Inflexibilidade
from contratos.models.documento import AssinaturaAceita, Documento, Indisponibilidade
from contratos.models.elegivel import Elegivel
from contratos.models.leilao import AtoRegulatorio, ExigenciaDoEdital, Leilao, Outorga, TipoDeLeilao
from contratos.models.modulacao import Modulacao, PercentualDoAcl, PotenciaDoContrato
from contratos.models.parte import Cumprimento, Garantia, Signatario
from contratos.models.proinfa import (
    AnoDoProinfa,
    CotaAnual,
    CotaDoMes,
    CotaDoProinfa,
    CurvaDoProinfa,
    HistoricoDeConsumo,
    MovimentoDeCota,
    RepresentanteDeCotista,
    UsinaDoProinfa,
)
from contratos.models.sazonalizacao import PerfilDeCarga, RegraDeSazonalizacao, Rodada, Sazonalizacao
from contratos.models.sucessao import Sucessao

__all__ = [
    "AcordoBilateral",
    "Aditamento",
    "AnoDoProinfa",
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
    "CotaAnual",
    "CotaDoMes",
    "CotaDoProinfa",
    "Cumprimento",
    "CurvaDoProinfa",
    "DisponibilidadeDeclarada",
    "Documento",
    "Elegivel",
    "ExigenciaDoEdital",
    "Fluxo",
    "Garantia",
    "HistoricoDeConsumo",
    "Indisponibilidade",
    "Inflexibilidade",
    "Leilao",
    "Minuta",
    "Modulacao",
    "MontanteDoMes",
    "MovimentoDeCota",
    "Outorga",
    "PercentualDoAcl",
    "PerfilDeCarga",
    "PeriodoDoCbr",
    "PotenciaDoContrato",
    "RegraDeSazonalizacao",
    "RepresentanteDeCotista",
    "Rodada",
    "Sazonalizacao",
    "Signatario",
    "Sucessao",
    "Suprimento",
    "TipoDeLeilao",
    "UnidadeConsumidora",
    "UsinaDoProinfa",
    "VersaoDoCbr",
]
