from django.db import migrations


def write_rows(apps, schema_editor):
    """CCGs that were celebrated before they had rows: of each contract the last one is in force, those before it not."""
    Fluxo, Ccg = apps.get_model("contratos", "Fluxo"), apps.get_model("contratos", "Ccg")
    done = Fluxo.objects.filter(procedimento__in=["ccg", "ccg_existente"], estado="celebrado", ccg=None)
    later = {}
    for fluxo in done.exclude(closed_at=None).order_by("-closed_at", "-pk"):
        after = later.get(fluxo.contrato_id)
        stated = fluxo.atividades.filter(codigo="G1").order_by("-rodada").values_list("evidencia", flat=True).first() or {}
        later[fluxo.contrato_id] = Ccg.objects.create(
            contrato_id=fluxo.contrato_id,
            fluxo=fluxo,
            tipo_garantia=stated.get("tipo_garantia", "")[:120],
            banco_gestor=stated.get("banco_gestor", "")[:120],
            situacao="em_vigor" if after is None else "revogado",
            celebrated_at=fluxo.closed_at,
            revoked_at=after.celebrated_at if after else None,
        )


class Migration(migrations.Migration):
    dependencies = [("contratos", "0003_elegiveis")]
    operations = [migrations.RunPython(write_rows, migrations.RunPython.noop)]
