"""What the two databases make each in their own way: the guards of the ledger, and the full-text index."""

from django.db import migrations

from tracker.ledger import guards, search


def make(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for statement in search.CREATE[schema_editor.connection.vendor]:
            cursor.execute(statement)
    guards.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(make)]
