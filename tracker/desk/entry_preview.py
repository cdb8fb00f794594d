"""An entry being written: its words as readers would see them, what a careful colleague would ask, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from tracker.congress.numbers import number_word
from tracker.desk import kinds, rendering
from tracker.desk.fields import NotValid
from tracker.desk.models import Entry
from tracker.desk.models.entries import Fields
from tracker.desk.readiness import Check, careful, check_points
from tracker.desk.ties import Ties

FINAL = ("agreed_to", "enacted", "veto_overridden")  # what the text says is so; until then it would be


@dataclass(frozen=True, slots=True)
class Preview:
    """The words as readers would see them, and what to ask before they do."""

    title: str
    html: SafeString
    problems: tuple[str, ...]  # why it cannot be shown, or saved, as it is
    checks: tuple[Check, ...]
    news: str  # the page's heading: how far it has come


def preview_of(entry: Entry, title: str, fields: Fields, ties: Ties) -> Preview:
    """What readers would see of these words, and what a careful colleague would ask."""
    problems: dict[str, str] = {}
    html, made = SafeString(), None
    try:
        title = kinds.read_title(title)
    except NotValid as wrong:
        problems |= wrong.errors
    try:
        made = kinds.read(entry.kind, fields)
        html = rendering.html(kinds.public(made), entry.about)
    except NotValid as wrong:
        problems |= wrong.errors
    pending = entry.measure is None or entry.measure.status not in FINAL
    checks: list[Check] = []
    if isinstance(made, kinds.KeyPoints):
        kept = kinds.stored(made)
        wanted = [(str(tie.tied["anchor"]), tie.name) for tie in ties.expected]
        checks = check_points(kept["points"], wanted, pending=pending, lead=made.lead)
    elif made is not None:
        lacks = kinds.missing(made, title=title)
        checks.append(Check("Complete", not lacks, " ".join(lacks.values()) or "nothing is missing"))
        if entry.measure is not None and isinstance(made, kinds.Note | kinds.StatusUpdate):
            checks.append(careful([made.body], pending=pending))
    return Preview(title, html, tuple(problems.values()), tuple(checks), _news(entry, title, made, ties))


def _news(entry: Entry, title: str, made: kinds.Words | None, ties: Ties) -> str:
    """How far the writing has come, in one sentence."""
    name = entry.get_kind_display()
    if not isinstance(made, kinds.KeyPoints):
        title = title or getattr(made, "headline", "") or getattr(made, "who", "")
        return f"{name}: {title}" if title else f"{name}, without a title"
    wanted = {tie.tied["anchor"] for tie in ties.expected}
    count = len(made.points)
    if not wanted:
        return f"{_number(count).capitalize()} {'point' if count == 1 else 'points'} so far"
    tied = {point.tied.anchor for point in made.points if isinstance(point.tied, kinds.TiedToClause)}
    done = len(wanted & tied)
    if done == len(wanted):
        return (
            "Every paragraph of the text has its point"
            if done > 1
            else "The text’s one paragraph has its point"
        )
    verb = "has its point" if done == 1 else "have their point"
    if done == 0:
        return f"None of the text’s {_number(len(wanted))} paragraphs has its point yet" if len(wanted) > 1 else "The text’s one paragraph has no point yet"  # fmt: skip
    return f"{_number(done).capitalize()} of the text’s {_number(len(wanted))} paragraphs {verb}"


def _number(number: int) -> str:
    return number_word(number, most=12, none="no")
