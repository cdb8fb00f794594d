"""Entries that come with Whereas have no author here. On SQLite this rewrites tables that only grow, so their guards are set again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tracker.ledger import guards

ONLY_GROW = {"desk_act": "id", "desk_revision": "id", "desk_review": "id", "desk_publication": "id"}


def unguard(apps, schema_editor):
    guards.remove(schema_editor.connection, ONLY_GROW)


def guard(apps, schema_editor):
    guards.install(schema_editor.connection, ONLY_GROW)


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_only_grow_and_preferences"),
    ]

    operations = [
        migrations.RunPython(unguard, guard),
        migrations.AlterField(
            model_name="entry",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
