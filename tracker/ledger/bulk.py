"""Many rows at once, past the ORM: a first load writes 300,000, and making objects of them would cost more than all else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models


def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    """The model's column names, in the order of its fields."""
    return tuple(f.column or f.attname for f in model._meta.local_concrete_fields)


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of plain values, given in the order of `columns`.

    Dates may be `YYYY-MM-DD` strings; instants must come through `tracker.ledger.bulk.instant`.
    """
    if not rows:
        return
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) > 20:
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        # names come from the models, values go as parameters
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def update(model: type[models.Model], rows: Mapping[Any, Mapping[str, Any]]) -> None:
    """Set columns of rows by their primary keys: attribute names → values as fields take them, the same names of every row."""
    if not rows:
        return
    quote, meta = connection.ops.quote_name, model._meta
    own = {f.attname: f for f in meta.local_concrete_fields}
    fields = {name: own[name] for name in next(iter(rows.values()))}
    changed = ", ".join(f"{quote(f.column or name)} = %s" for name, f in fields.items())
    key = quote(meta.pk.column or meta.pk.attname)
    values = [
        [*(f.get_db_prep_save(row[name], connection) for name, f in fields.items()), pk]
        for pk, row in rows.items()
    ]
    with connection.cursor() as cursor:
        # names come from the models, values go as parameters
        cursor.executemany(f"UPDATE {quote(meta.db_table)} SET {changed} WHERE {key} = %s", values)  # noqa: S608 - names of ours


@lru_cache(maxsize=256)  # what comes or is seen at once has one moment
def instant(value: Any) -> Any:
    """An aware datetime as this database's driver wants it in a plain row."""
    return connection.ops.adapt_datetimefield_value(value)


def chunks(rows: Iterable[Any], size: int) -> Iterable[list[Any]]:
    """The rows in lists of `size`, the last one shorter."""
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
