from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        # Tasks need the Celery app; importing the pure kernel alone must not load it.
        from portal import celery, checks, seeds  # noqa: F401, PLC0415 - they need the models, loaded by now

        # mfa comes after our apps: their tables and permissions exist when its turn comes.
        post_migrate.connect(seeds.run, sender=apps.get_app_config("mfa"), dispatch_uid="portal.seeds")
