"""The frame of every page of a measure: its head, its links, its source, and what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tracker.congress.calendar import WASHINGTON
from tracker.congress.measures import measure_type
from tracker.ledger.filters import ordinal
from tracker.ledger.models import ChangeEvent
from tracker.pages.found_kin import count_of_relatives
from tracker.pages.quoted import web_address
from tracker.pages.sight import Sight
from tracker.pages.templatetags.record import plain_day
from tracker.pages.texts import versions

LONG_TITLE = 140  # characters, from which a title is set smaller

_SOURCES = {
    "govinfo": "GovInfo",
    "congress.gov": "Congress.gov",
    "starter": "The starter record of Whereas",
    "staff": "The staff of this site",
}


@dataclass(frozen=True, slots=True)
class PartLink:
    """A part of a measure that has an address of its own."""

    name: str
    path: str
    count: int | None = None
    here: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The document that everything on the page is from."""

    name: str
    url: str | None
    updated_at: str | None
    fetched_at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the newest document is not in force yet, and since when."""

    reason: str
    since: datetime


def frame(sight: Sight, part: str) -> dict[str, Any]:
    """What the head of every page of a measure shows."""
    measure, clock, kind = sight.measure, sight.clock, measure_type(sight.measure.type)
    law = sight.record.laws[0] if sight.record.laws else None
    links = part_links(sight, part)
    return {
        "measure": measure,
        "record": sight.record,
        "status": sight.status,
        "clock": clock,
        "today": sight.today,
        "ahead": clock.is_ahead(datetime.now(UTC), sight.today),
        "base": sight.base,
        "type_name": kind.name,
        "title": sight.title,
        "long_title": len(sight.title) > LONG_TITLE,
        "law": f"{law.type or 'Law'} {law.number}" if law else None,
        "sentence": sight.sentence,
        "part": part,
        "part_name": None if part == "overview" else next(link.name for link in links if link.here),
        "parts": links,
        "heading": _heading(sight, part),
        "source": source(sight),
        "gone_since": _gone_since(sight),
        "doubt": _doubt(sight),
        "is_starter": sight.shown.document.source == "starter",
        "by_hand": sight.by_hand,
        "api_url": f"/api/v1{sight.base.rstrip('/')}{clock.suffix}",
        "congress_gov_url": (
            f"https://www.congress.gov/bill/{ordinal(measure.congress)}-congress/{kind.congress_gov}/{measure.number}"
        ),
        "stands": sight.support,
        "paging": f"{clock.suffix[1:]}&" if clock.suffix else "",
        "stops": sight.stops,
        "versions": versions(sight.record),
    }


def part_links(sight: Sight, here: str) -> list[PartLink]:
    """The parts of this measure. Amendments are offered to few, so they are named only where there are some."""
    record = sight.record
    counts: list[tuple[str, str, int | None]] = [
        ("overview", "Overview", None),
        ("actions", "Actions", len(record.actions)),
        ("changes", "Changes", sight.changes),
        ("sponsors", "Supporters", sight.support.total),
        ("text", "Text", len(record.text_versions)),
        ("votes", "Votes", len(sight.votes)),
        ("related", "Related", count_of_relatives(sight)),
    ]
    if record.committees or here == "coalition":
        counts.insert(4, ("coalition", "Coalition", None))
    if record.amendments or here == "amendments":
        counts.append(("amendments", "Amendments", len(record.amendments)))
    return [
        PartLink(
            name,
            f"{sight.base}{'' if part == 'overview' else part + '/'}{sight.clock.suffix}",
            count,
            part == here,
        )
        for part, name, count in counts
    ]


def source(sight: Sight) -> Source:
    """The document in force at this moment."""
    document = sight.shown.document
    return Source(
        name=_SOURCES.get(document.source, document.source),
        url=web_address(document.url),
        updated_at=document.updated_at,
        fetched_at=document.fetched_at,
        sha256=document.sha256,
    )


def _gone_since(sight: Sight) -> datetime | None:
    """When the source ceased to list it, as known at this moment."""
    if sight.clock.as_of is None:
        return sight.measure.vanished_at
    seen = ChangeEvent.objects.filter(
        measure=sight.measure, kind__in=("vanished", "returned"), observed_at__lte=sight.clock.as_of
    )
    last = seen.order_by("-id").only("kind", "observed_at").first()
    return last.observed_at if last is not None and last.kind == "vanished" else None


def _doubt(sight: Sight) -> Doubt | None:
    """Nothing of it is known at an earlier moment: a document in doubt is not in force, for no clock."""
    measure = sight.measure
    if not sight.clock.is_now or measure.unconfirmed_since is None or not measure.unconfirmed_reason:
        return None
    reason = measure.unconfirmed_reason
    return Doubt(f"{reason[0].upper()}{reason[1:]}.", measure.unconfirmed_since)


def _heading(sight: Sight, part: str) -> str:
    """The sentence that heads a part's own page: its news, not its name."""
    record, stands = sight.record, sight.support
    if sight.by_hand is not None and (said := _entered(sight, part)):
        return said
    if part == "actions":
        actions = _counted(len(record.actions), "official action", "official actions")
        same = sight.lines != len(record.actions)
        return f"{actions}, {sight.lines:,} of them distinct" if same else actions
    if part == "changes":
        since = f"since it was first held here, on {plain_day(sight.measure.seen_at.astimezone(WASHINGTON).date())}"
        return _counted(sight.changes, f"change {since}", f"changes {since}")
    if part == "sponsors":
        names = _counted(stands.total, "cosponsor stands behind it", "cosponsors stand behind it")
        return f"{names}; {_counted(stands.withdrawn, 'withdrew', 'withdrew', none='none')}"
    if part == "coalition":
        return "Who supports it on the committee, and who could be asked"
    if part == "text":
        found = [version.name for version in versions(sight.record)]
        if not found:
            return "No text is listed yet"
        return (
            f"One text: {found[0]}"
            if len(found) == 1
            else f"{len(found)} versions of its text, up to {found[0]}"
        )
    if part == "votes":
        return _counted(len(sight.votes), "recorded vote on it is known", "recorded votes on it are known")
    if part == "related":
        return f"The record relates it to {_counted(len(sight.kin), 'other measure', 'other measures', none='no')}"
    return _counted(len(record.amendments), "amendment was offered", "amendments were offered")


def _entered(sight: Sight, part: str) -> str:
    """The same of a measure entered by hand: what staff left empty is no claim. "" where the usual words say no more."""
    if part == "actions":
        return (
            _counted(
                len(sight.record.actions), "action, as staff entered it", "actions, as staff entered them"
            )
            if sight.record.actions
            else "Staff entered no actions"
        )
    if part == "sponsors":
        total = sight.support.total
        return (
            f"{_counted(total, 'cosponsor', 'cosponsors')}, as staff entered them"
            if total
            else "Staff entered no cosponsors"
        )
    if part == "text":
        return "" if versions(sight.record) else "No text of it is held"
    if part == "votes":
        return "" if sight.votes else "Staff entered no roll call"
    if part == "related":
        return "" if sight.kin else "Nothing official is known of it yet"
    return "" if sight.record.amendments or part != "amendments" else "Staff entered no amendments"


def _counted(number: int, one: str, many: str, none: str = "No") -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {many}" if number else f"{none} {many}"
