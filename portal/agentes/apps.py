from django.apps import AppConfig


class AgentesConfig(AppConfig):
    name = "portal.agentes"
    verbose_name = "Agentes e pessoas"
    default_auto_field = "django.db.models.BigAutoField"
