"""Endpoints of contracts and of their deadlines."""

from contratos.api import contratos, prazos

urlpatterns = [*prazos.urlpatterns, *contratos.urlpatterns]
