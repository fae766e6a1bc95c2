"""The writers of destinations and deliveries."""

from portal.webhooks.services.cadastro import change, create, remove, resend, rotate, send_test, switch
from portal.webhooks.services.entrega import deliver
from portal.webhooks.services.plano import plan

__all__ = ["change", "create", "deliver", "plan", "remove", "resend", "rotate", "send_test", "switch"]
