from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal import (
            celery,  # noqa: F401, PLC0415 - tasks need the app, and importing the kernel alone must not load it
        )
