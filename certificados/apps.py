from django.apps import AppConfig


class CertificadosConfig(AppConfig):
    name = "certificados"
    verbose_name = "Certificados"
    default_auto_field = "django.db.models.BigAutoField"
