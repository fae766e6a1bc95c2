"""Endpoints of contracts and of their deadlines."""

from contratos.api import contratos, historicos, modulacao, montantes, pedidos, prazos, proinfa

MODULES = (prazos, contratos, pedidos, montantes, modulacao, proinfa, historicos)
urlpatterns = [each for module in MODULES for each in module.urlpatterns]
