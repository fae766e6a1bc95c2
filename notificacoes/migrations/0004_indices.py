from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Fewer indexes to write for each notice and message; the one of what is planned answers what waits."""

    dependencies = [
        ("certificados", "0002_a_vencer"),
        ("notificacoes", "0003_varredura"),
    ]
    operations = [
        migrations.RemoveIndex("aviso", "aviso_planejado"),
        migrations.AddIndex(
            "aviso", models.Index(fields=["envio"], condition=Q(("situacao", "planejada")), name="aviso_planejado")
        ),
        migrations.AlterField(
            "aviso",
            "certificado",
            models.ForeignKey(
                db_index=False,
                on_delete=models.deletion.PROTECT,
                related_name="+",
                to="certificados.certificado",
                verbose_name="certificado",
            ),
        ),
        migrations.AlterField("envio", "message_id", models.CharField(max_length=250, verbose_name="Message-ID")),
        migrations.AddConstraint(
            "envio", models.UniqueConstraint(fields=("message_id",), name="envio_message_id_unico")
        ),
    ]
