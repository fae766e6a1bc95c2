"""The reports to ANEEL as pure functions over what was so at the end of a day: the same day gives the same report."""

from contratos.domain.relatorios import aditamentos, edital, firmados, nao_assinatura, situacao
from contratos.domain.relatorios.fatos import Chamado, Etapa, ExigenciaNoDia, Negocio, Quem
from contratos.domain.relatorios.folha import Celula, Ficha, Relatorio, text

__all__ = [
    "Celula",
    "Chamado",
    "Etapa",
    "ExigenciaNoDia",
    "Ficha",
    "Negocio",
    "Quem",
    "Relatorio",
    "aditamentos",
    "edital",
    "firmados",
    "nao_assinatura",
    "situacao",
    "text",
]
