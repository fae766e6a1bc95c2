from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "portal.webhooks"
    verbose_name = "Webhooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from notificacoes import metricas  # noqa: PLC0415 - models must be ready
        from portal.webhooks.metricas import measure  # noqa: PLC0415 - as above

        metricas.OUTRAS.append(measure)
