from django.apps import AppConfig


class AuditoriaConfig(AppConfig):
    name = "portal.auditoria"
    verbose_name = "Trilha de auditoria"
    default_auto_field = "django.db.models.BigAutoField"
