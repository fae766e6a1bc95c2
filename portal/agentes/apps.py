from django.apps import AppConfig


class AgentesConfig(AppConfig):
    name = "portal.agentes"
    verbose_name = "Agentes e pessoas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.agentes import signals  # noqa: F401, PLC0415 - receivers connect when imported; models must be ready
