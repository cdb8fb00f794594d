"""The full-text index, one row a measure: an FTS5 table on SQLite, `tsvector` columns on PostgreSQL."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """What a measure can be found by. The table is made by a migration, since the two databases build it differently.

    On SQLite the columns `title`, `names` and `words` hold text; on PostgreSQL one column `found` holds the vectors.
    Read and written through `tracker.ledger.search`.
    """

    measure = models.OneToOneField(
        "ledger.Measure", models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="search_entry"
    )

    class Meta:
        managed = False
        db_table = "ledger_search"
