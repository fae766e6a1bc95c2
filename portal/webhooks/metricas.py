"""The deliveries in the words of Prometheus; the page is that of notificacoes."""

from datetime import datetime

from notificacoes.metricas import Medidas
from portal.webhooks.selectors import queue


def measure(at: datetime) -> Medidas:
    fila = queue(at)
    return {
        "portal_webhooks_pendentes": ("Entregas de webhook na fila ou sendo enviadas", fila.pendentes),
        "portal_webhooks_mais_antigo_segundos": (
            "Idade da entrega de webhook mais antiga ainda na fila (0: nenhuma)",
            fila.mais_antiga.total_seconds(),
        ),
        "portal_webhooks_atraso_segundos": (
            "Há quanto tempo alguma entrega de webhook já podia ter saído (0: nenhuma)",
            fila.atraso.total_seconds(),
        ),
        "portal_webhooks_destinos_em_pausa": ("Destinos de webhook que não atendem", fila.em_pausa),
        "portal_webhooks_mortas": ("Entregas de webhook que não puderam ser feitas, em 90 dias", fila.mortas),
    }
