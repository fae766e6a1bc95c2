from django.apps import AppConfig


class ContasConfig(AppConfig):
    name = "portal.contas"
    verbose_name = "Contas e certificados"
