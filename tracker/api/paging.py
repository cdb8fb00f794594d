"""Lists a page at a time, by a cursor that says which row was the last: new rows move nothing."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

import msgspec
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from msgspec import Meta

from tracker.api.answers import base_url
from tracker.api.asked import limit, one
from tracker.ledger.listing import SortKey

M = TypeVar("M", bound=Model)

_Whole = Annotated[int, Meta(ge=0, le=2**31 - 1)]  # what a column of the database can hold
_Text = Annotated[str, Meta(pattern=r"^[^\x00]*$")]  # PostgreSQL takes no NUL
_KEYS: dict[str, Any] = {
    "changed_at": Annotated[datetime, Meta(tz=True)],
    "introduced_on": date | None,
    "cosponsor_count": _Whole,
    "congress": _Whole,
    "rank": float,
    "id": Annotated[int, Meta(ge=0, le=2**63 - 1)],
    "on": date,
    "vote_id": Annotated[int, Meta(ge=0, le=2**63 - 1)],
    "sort_name": _Text,
    "bioguide": _Text,
    "code": _Text,
    "position": Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)],
}
"""What a cursor holds of each column that a list can be sorted by."""


def cursor(values: Sequence[Any]) -> str:
    """Sort keys as opaque text that an address can carry."""
    return base64.urlsafe_b64encode(msgspec.json.encode(list(values))).decode().rstrip("=")


def place(request: HttpRequest, parameter: str, order: Sequence[SortKey]) -> list[Any] | None:
    """The sort keys in a cursor that this request carries, or None. Raises BadFilter for what is no cursor of this list.

    Days and instants come back as such; a key may be null where its column may.
    """
    wanted: Any = tuple.__class_getitem__(tuple(_KEYS[key.field] for key in order))

    def read(text: str) -> list[Any]:
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            return list(msgspec.json.decode(raw, type=wanted))
        except (ValueError, msgspec.MsgspecError) as problem:  # binascii.Error is a ValueError
            raise ValueError("no such cursor") from problem

    return one(
        request, parameter, "a cursor from this list's `next`, unchanged, with the same parameters", read
    )


def after(rows: QuerySet[M], order: Sequence[SortKey], values: Sequence[Any]) -> QuerySet[M]:
    """The rows that come after the one with these sort keys."""
    first, value = order[0], values[0]
    if (
        value is not None and not first.nullable
    ):  # follows from the rest; lets the database begin there in its index
        rows = rows.filter(**{f"{first.field}__{'lte' if first.descending else 'gte'}": value})
    beyond, equal = Q(), Q()
    for key, value in zip(order, values, strict=True):
        if value is None:  # nothing stands after null
            equal &= Q(**{f"{key.field}__isnull": True})
            continue
        further = Q(**{f"{key.field}__{'lt' if key.descending else 'gt'}": value})
        if key.nullable:
            further |= Q(**{f"{key.field}__isnull": True})
        beyond |= equal & further
        equal &= Q(**{key.field: value})
    return rows.filter(beyond)


def next_url(request: HttpRequest, **changes: str) -> str:
    """This very address with some parameters changed."""
    pairs = [(name, value) for name, values in request.GET.lists() if name not in changes for value in values]
    return f"{base_url(request)}{request.path}?{urlencode([*pairs, *changes.items()])}"


def page(
    request: HttpRequest,
    rows: QuerySet[Any],
    columns: Sequence[str],
    order: Sequence[SortKey],
    *,
    keys_first: bool = False,
) -> tuple[list[dict[str, Any]], str | None]:
    """One page of `rows`, which are in `order`: their columns by name, and the address of the next page or None.

    With `keys_first` the database sorts ids alone and the columns are fetched for those that are shown: what pays where
    no index has the order, since otherwise whole rows are sorted.
    """
    size, last = limit(request), place(request, "cursor", order)
    if last is not None:
        rows = after(rows, order, last)
    keys = [key.field for key in order]
    wanted = keys if keys_first else list(dict.fromkeys([*columns, *keys]))
    found = list(rows.values(*wanted)[: size + 1])
    following = None
    if len(found) > size:
        found.pop()
        following = next_url(request, cursor=cursor([found[-1][key] for key in keys]))
    if keys_first:
        ids = [row["id"] for row in found]
        whole = {
            row["id"]: row for row in rows.model._default_manager.filter(pk__in=ids).values("id", *columns)
        }
        found = [whole[id] for id in ids]
    return found, following
