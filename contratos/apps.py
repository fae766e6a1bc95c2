from django.apps import AppConfig


class ContratosConfig(AppConfig):
    name = "contratos"
    verbose_name = "Contratos"
    default_auto_field = "django.db.models.BigAutoField"
