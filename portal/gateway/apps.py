from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "portal.gateway"
    verbose_name = "Gateway"
    default_auto_field = "django.db.models.BigAutoField"
