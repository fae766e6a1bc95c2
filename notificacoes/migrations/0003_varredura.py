from typing import Any

from django.db import migrations, models


def start_at_the_present(apps: Any, schema_editor: Any) -> None:
    """What the ledger already held when mails about it began is nobody's news."""
    head = apps.get_model("auditoria", "Cadeia").objects.filter(id=1).first()
    apps.get_model("notificacoes", "Varredura").objects.get_or_create(
        id=1, defaults={"evento": head.numero if head else 0}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("auditoria", "0002_append_only"),
        ("notificacoes", "0002_avisos"),
    ]
    operations = [
        migrations.AddField(
            "varredura",
            "completa_at",
            models.DateTimeField(blank=True, null=True, verbose_name="última varredura completa"),
        ),
        migrations.AddIndex(
            "aviso",
            models.Index(fields=["vence_em"], condition=models.Q(("situacao", "cancelada")), name="aviso_cancelado"),
        ),
        migrations.RunPython(start_at_the_present, migrations.RunPython.noop),
    ]
