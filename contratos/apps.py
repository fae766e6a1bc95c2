from django.apps import AppConfig


class ContratosConfig(AppConfig):
    name = "contratos"
    verbose_name = "Contratos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from contratos import checks, guarda  # noqa: F401, PLC0415 - connect when imported; models must be ready
