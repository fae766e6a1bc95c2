"""The database itself refuses to change or remove an entry, also for raw SQL and TRUNCATE."""

from django.db import migrations

POSTGRES = """
CREATE FUNCTION auditoria_recusar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'A trilha de auditoria só recebe novas entradas.'; END $$;
CREATE TRIGGER auditoria_sem_alterar BEFORE UPDATE OR DELETE ON auditoria_evento
    FOR EACH ROW EXECUTE FUNCTION auditoria_recusar();
CREATE TRIGGER auditoria_sem_truncar BEFORE TRUNCATE ON auditoria_evento
    FOR EACH STATEMENT EXECUTE FUNCTION auditoria_recusar();
"""
POSTGRES_BACK = """
DROP TRIGGER auditoria_sem_alterar ON auditoria_evento;
DROP TRIGGER auditoria_sem_truncar ON auditoria_evento;
DROP FUNCTION auditoria_recusar();
"""
SQLITE = [
    f"CREATE TRIGGER auditoria_sem_{verb} BEFORE {verb} ON auditoria_evento BEGIN "
    "SELECT RAISE(ABORT, 'A trilha de auditoria só recebe novas entradas.'); END"
    for verb in ("UPDATE", "DELETE")
]


def forward(apps, schema_editor):
    statements = [POSTGRES] if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def backward(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_BACK)
    else:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER auditoria_sem_{verb}")


class Migration(migrations.Migration):
    dependencies = [("auditoria", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
