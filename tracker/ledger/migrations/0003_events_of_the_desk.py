"""Events may be about no measure (a desk's entry on a member or a topic), and documents of kinds to come have names.

On SQLite, lifting NOT NULL would have Django copy the table, and the ledger is never rewritten. SQLite documents the way
taken instead (https://www.sqlite.org/lang_altertable.html, section 7: "removing NOT NULL constraints"): the stored
definition of the table is edited, no row is touched, and its triggers stay.
"""

from django.db import migrations, models

_WAS = '"measure_id" bigint NOT NULL'
_IS = '"measure_id" bigint NULL'


def _lift(apps, schema_editor):
    _edit(schema_editor.connection, _WAS, _IS)


def _lay(apps, schema_editor):
    _edit(schema_editor.connection, _IS, _WAS)


def _edit(connection, was, becomes):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            what = "DROP" if becomes == _IS else "SET"
            cursor.execute(f"ALTER TABLE ledger_changeevent ALTER COLUMN measure_id {what} NOT NULL")
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'ledger_changeevent'")
        (definition,) = cursor.fetchone()
        if definition.count(was) != 1:
            raise RuntimeError(f"the table of events is not defined as expected: {definition}")
        version = cursor.execute("PRAGMA schema_version").fetchone()[0]
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(
            "UPDATE sqlite_master SET sql = %s WHERE type = 'table' AND name = 'ledger_changeevent'",
            [definition.replace(was, becomes)],
        )
        cursor.execute(f"PRAGMA schema_version = {version + 1}")  # other connections read the definition anew
        cursor.execute("PRAGMA writable_schema = OFF")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards_and_search")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(_lift, _lay)],
            state_operations=[
                migrations.AlterField(
                    "changeevent",
                    "measure",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="events",
                        to="ledger.measure",
                    ),
                ),
            ],
        ),
        migrations.AlterField(
            "document",
            "format",
            models.CharField(
                choices=[
                    ("billstatus-xml", "GovInfo BILLSTATUS XML"),
                    ("congress-api-json", "Congress.gov API, the parts of one bill"),
                    ("starter-json", "Whereas starter record"),
                    ("legislators-yaml", "congress-legislators YAML"),
                    ("staff-json", "measure entered by hand, as the staff wrote it"),
                    ("bill-text", "published text of a measure: bill DTD, USLM or plain"),
                    ("house-vote-xml", "Clerk of the House, roll call XML"),
                    ("senate-vote-xml", "Senate, roll call XML"),
                ],
                max_length=20,
            ),
        ),
    ]
