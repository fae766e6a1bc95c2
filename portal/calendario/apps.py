from django.apps import AppConfig


class CalendarioConfig(AppConfig):
    name = "portal.calendario"
    verbose_name = "Calendário"
    default_auto_field = "django.db.models.BigAutoField"
