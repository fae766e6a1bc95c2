from django.apps import AppConfig


class IcpConfig(AppConfig):
    name = "portal.icp"
    verbose_name = "Certificadoras"
    default_auto_field = "django.db.models.BigAutoField"
