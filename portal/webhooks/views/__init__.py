from portal.webhooks.views.atos import desligar, ligar, reenviar, remover, testar
from portal.webhooks.views.destinos import destino, lista, segredo

__all__ = ["desligar", "destino", "ligar", "lista", "reenviar", "remover", "segredo", "testar"]
