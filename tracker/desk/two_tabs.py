"""One person's unsaved words of two tabs or machines, where a colleague has saved besides: both in one, for the merge page."""

from __future__ import annotations

from tracker.desk import unsaved
from tracker.desk.entry_forms import Sent, form_fields
from tracker.desk.merging import merge_points, merge_text
from tracker.desk.models import Entry, Kind, UnsavedWords, User
from tracker.desk.models.entries import Fields

BETWEEN = " / "  # two values of a field that holds one line, where each tab has its own


def keep_both(entry: Entry, by: User, words: Sent, kept: UnsavedWords) -> UnsavedWords:
    """Keep `words` and what another tab `kept` together, as written on the older revision of the two.

    Running text and points are merged word by word, other lines that differ stand side by side. Raises KeptElsewhere where the other tab
    has kept more meanwhile, TooMuch as `unsaved.keep` does.
    """
    based_on = min(words.based_on, kept.based_on)
    base = entry.revisions.filter(number=based_on).first()
    was: Fields = {} if base is None else base.fields
    fields: Fields = {}
    for field in form_fields(entry.kind):
        old, mine, other = (str(each.get(field.name) or "") for each in (was, words.fields, kept.fields))
        if field.is_prose:
            fields[field.name] = merge_text(old, mine, other).text
        else:
            fields[field.name] = _line(old, mine, other)
    if entry.kind == Kind.KEY_POINTS:
        merged = merge_points(*(each.get("points") or () for each in (was, words.fields, kept.fields)))
        fields["points"] = [{"text": point.text, "tied": point.tied} for point in merged]
    title = _line("" if base is None else base.title, words.title, kept.title)
    return unsaved.keep(entry, by, based_on=based_on, title=title, fields=fields, read=unsaved.stamp(kept))


def _line(was: str, mine: str, other: str) -> str:
    if mine in (was, other):
        return other
    return mine if other in (was, "") else f"{mine}{BETWEEN}{other}"
