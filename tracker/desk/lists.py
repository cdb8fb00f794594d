"""Lists under a name: the query string of the desk's measures or entries, one's own or shared with the whole desk."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from tracker.desk import acts
from tracker.desk.models import SavedList, User

LONGEST_NAME = 80  # characters
LONGEST_QUERY = 4_000
MOST = 200  # lists of one person

WHERE = {SavedList.Of.MEASURES: "/desk/measures/", SavedList.Of.ENTRIES: "/desk/entries/"}


class NotKept(ValueError):
    """Why a list cannot be kept, in one sentence for whoever named it."""


def seen_by(me: User, of: str | None = None) -> QuerySet[SavedList]:
    """One's own lists and those that colleagues share, by name."""
    found = SavedList.objects.filter(Q(by=me) | Q(shared=True)).select_related("by").order_by("name", "pk")
    return found if of is None else found.filter(of=of)


def address(row: SavedList) -> str:
    """Where a list is shown."""
    where = WHERE[SavedList.Of(row.of)]
    return f"{where}?{row.query}" if row.query else where


def save(me: User, of: str, name: str, query: str, *, shared: bool) -> SavedList:
    """Keep a list under a name; one's own of that name is replaced. Raises NotKept."""
    line = " ".join(name.replace("\0", "").split())
    if of not in SavedList.Of.values:
        raise NotKept(f"Lists are of {' or of '.join(SavedList.Of.values)}.")
    if not line:
        raise NotKept("Give the list a name.")
    if len(line) > LONGEST_NAME:
        raise NotKept(f"The name has {len(line)} characters; at most {LONGEST_NAME} fit.")
    if len(query) > LONGEST_QUERY:
        raise NotKept("This list has too many filters to be kept.")
    with transaction.atomic():
        known = SavedList.objects.filter(by=me, of=of, name=line).first()
        if known is None and SavedList.objects.filter(by=me).count() >= MOST:
            raise NotKept(f"You keep {MOST} lists already; delete one first.")
        row = known or SavedList(by=me, of=of, name=line)
        before = None if known is None else {"query": row.query, "shared": row.shared}
        row.query, row.shared, row.at = query, shared, timezone.now()
        row.save()
        acts.record(
            me, "save_list", f"list/{row.pk}", f"Saved a list of {of}", before=before,
            after={"name": line, "query": query, "shared": shared},
        )  # fmt: skip
    return row


def rename(me: User, row: SavedList, name: str, *, shared: bool) -> SavedList:
    """Give one's own list another name, share it, or share it no more. Raises NotKept, and PermissionDenied for another's."""
    _own(me, row)
    line = " ".join(name.replace("\0", "").split())
    if not line or len(line) > LONGEST_NAME:
        raise NotKept(f"Give the list a name of at most {LONGEST_NAME} characters.")
    before = {"name": row.name, "shared": row.shared}
    row.name, row.shared = line, shared
    try:
        with transaction.atomic():
            row.save(update_fields=["name", "shared"])
            after = {"name": line, "shared": shared}
            acts.record(me, "change_list", f"list/{row.pk}", "Changed a list", before=before, after=after)
    except IntegrityError as error:
        raise NotKept(f"You keep a list “{line}” already.") from error
    return row


def delete(me: User, row: SavedList) -> None:
    """Forget one's own list. Raises PermissionDenied for another's."""
    _own(me, row)
    with transaction.atomic():
        before = {"name": row.name, "query": row.query, "shared": row.shared}
        acts.record(me, "delete_list", f"list/{row.pk}", f"Deleted a list of {row.of}", before=before)
        row.delete()


def _own(me: User, row: SavedList) -> None:
    if row.by_id != me.pk:
        raise PermissionDenied("Only whoever saved a list can change it. Save it under a name of your own.")
