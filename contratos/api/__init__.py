"""Endpoints of contracts and of their deadlines."""

from contratos.api import contratos, montantes, pedidos, prazos

urlpatterns = [*prazos.urlpatterns, *contratos.urlpatterns, *pedidos.urlpatterns, *montantes.urlpatterns]
