"""What each part of a measure's pages is drawn from, as the templates name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.text import slugify

from tracker.congress.calendar import valid_day, washington_day
from tracker.congress.measures import measure_type
from tracker.congress.versions import version_order
from tracker.ledger.filters import ordinal
from tracker.ledger.models import ChangeEvent
from tracker.pages.changed import change_days, with_measures
from tracker.pages.citing import printed_citation, printed_law
from tracker.pages.drawing import StepPlot, step_plot, support_bar
from tracker.pages.paging import Cut, bounds
from tracker.pages.quoted import clean_html, web_address
from tracker.pages.sight import Sight
from tracker.pages.support import Person, Support, person
from tracker.pages.templatetags.record import plain_day
from tracker.pages.timeline import first_lines
from tracker.records.model import AmendmentRecord, SummaryRecord, TextVersionRecord, TitleRecord

LINES_AT_A_GLANCE = 40  # of official actions on the overview; all but a few records are shorter
EVENTS_AT_A_GLANCE = 60  # read for the overview's last changes
DOCUMENTS_AT_A_GLANCE = 5
EVENTS_A_PAGE = 200
DAYS_OF_NAMES = 8
KIN_AT_A_GLANCE = 6
AMENDMENTS_AT_A_GLANCE = 10
SUBJECTS_AT_A_GLANCE = 40
TITLES_AT_A_GLANCE = 12
LONG_TITLE = 140  # characters, from which a title is set smaller

_SOURCES = {
    "govinfo": "GovInfo",
    "congress.gov": "Congress.gov",
    "starter": "the starter record of Whereas",
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


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary by the Congressional Research Service, its HTML cleaned."""

    html: SafeString
    stage: str
    on: str | None
    revised: date | None


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment as a list shows it."""

    slug: str
    citation: str
    amends: str | None
    sponsor: Person | None
    words: str | None
    latest_on: str | None
    latest_text: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """A printed version of the text and where it is published."""

    name: str
    on: str | None
    package: str | None
    links: tuple[tuple[str, str], ...]  # what it is, where


# The frame that all parts share


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
        "decided_by": f"{sight.base}actions/{clock.suffix}#a-{sight.status_key}"
        if sight.status_key
        else None,
        "part": part,
        "part_name": None if part == "overview" else next(link.name for link in links if link.here),
        "parts": links,
        "heading": _heading(sight, part),
        "source": source(sight),
        "gone_since": _gone_since(sight),
        "doubt": _doubt(sight),
        "is_starter": sight.shown.document.source == "starter",
        "api_url": f"/api/v1{sight.base.rstrip('/')}{clock.suffix}",
        "congress_gov_url": (
            f"https://www.congress.gov/bill/{ordinal(measure.congress)}-congress/{kind.congress_gov}/{measure.number}"
        ),
        "stands": sight.support,
        "paging": f"{clock.suffix[1:]}&" if clock.suffix else "",
        "stops": sight.stops,
        "versions": versions(sight),
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
        ("related", "Related", len(sight.kin)),
    ]
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
    if part == "actions":
        actions = _counted(len(record.actions), "official action", "official actions")
        same = sight.lines != len(record.actions)
        return f"{actions}, {sight.lines:,} of them distinct" if same else actions
    if part == "changes":
        return _counted(sight.changes, "change since it is known here", "changes since it is known here")
    if part == "sponsors":
        names = _counted(stands.total, "cosponsor stands behind it", "cosponsors stand behind it")
        return f"{names}; {_counted(stands.withdrawn, 'withdrew', 'withdrew', none='none')}"
    if part == "text":
        found = [version.name for version in versions(sight)]
        if not found:
            return "No text is listed yet"
        return (
            f"One text: {found[0]}"
            if len(found) == 1
            else f"{len(found)} versions of its text, the newest {found[0]}"
        )
    if part == "votes":
        return _counted(
            len(sight.votes), "roll call is named in its actions", "roll calls are named in its actions"
        )
    if part == "related":
        return f"Related to {_counted(len(sight.kin), 'other measure', 'other measures')}"
    return _counted(len(record.amendments), "amendment was offered", "amendments were offered")


def _counted(number: int, one: str, many: str, none: str = "No") -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {many}" if number else f"{none} {many}"


# The overview


def overview(sight: Sight) -> dict[str, Any]:
    """The overview: all parts, long ones cut."""
    record, stands = sight.record, sight.support
    days = first_lines(sight.days, LINES_AT_A_GLANCE)
    summaries = [summary for summary in record.summaries if summary.text]
    newest = max(summaries, key=lambda summary: summary.on or "", default=None)
    titles = other_titles(record.titles, sight.title)
    estimates = [
        {"title": each.title, "url": web_address(each.url), "on": washington_day(each.at)}
        for each in record.estimates
    ]
    return {
        "silence": sight.silence,
        "latest_on": sight.latest_on,
        "laws": [{"words": f"{each.type or 'Law'} {each.number}"} for each in record.laws if each.number],
        "days": days,
        "days_cut": sum(len(day.lines) for day in days) < sight.lines,
        "counts": {
            "actions": len(record.actions),
            "lines": sight.lines,
            "related": len(sight.kin),
            "amendments": len(record.amendments),
        },
        **support_drawn(sight),
        **lately(sight),
        "joined": stands.days[:DAYS_OF_NAMES],
        "joined_cut": len(stands.days) - len(stands.days[:DAYS_OF_NAMES]),
        "summary": _summary(newest) if newest else None,
        "earlier_summaries": len(summaries) - 1,
        "votes": sight.votes,
        "kin": sight.kin[:KIN_AT_A_GLANCE],
        "kin_cut": len(sight.kin) > KIN_AT_A_GLANCE,
        "amendments": amendments(acted_on_first(record.amendments)[:AMENDMENTS_AT_A_GLANCE]),
        "amendments_cut": len(record.amendments) > AMENDMENTS_AT_A_GLANCE,
        "subjects": record.subjects[:SUBJECTS_AT_A_GLANCE],
        "subjects_cut": max(len(record.subjects) - SUBJECTS_AT_A_GLANCE, 0),
        "other_titles": titles[:TITLES_AT_A_GLANCE],
        "titles_cut": max(len(titles) - TITLES_AT_A_GLANCE, 0),
        "estimates": estimates,
        "notes": [clean_html(note) for note in record.notes],
        "authority": clean_html(record.authority),
        "citation": _citation(sight),
    }


def support_drawn(sight: Sight) -> dict[str, Any]:
    """The bar against the seats, the steps over time, and the finding that both show."""
    stands = sight.support
    plot = _plot(sight)
    return {
        "bar": support_bar(stands.signers, stands.seats) if stands.total else None,
        "bar_words": _bar_words(stands),
        "plot": plot,
        "finding": _finding(stands, sight.day) if stands.steps else None,
    }


def _bar_words(stands: Support) -> str:
    members = "senators" if stands.seats == 100 else "representatives"
    with_whom = "With the sponsor, " if stands.total and stands.sponsors else ""
    more = ", more than a majority" if stands.signed > stands.seats // 2 else ""
    words = f"{with_whom}{stands.signed:,} of {stands.seats} {members}{more}"
    return words if with_whom else words[0].upper() + words[1:]


def _plot(sight: Sight) -> StepPlot | None:
    """Steps, where there is more than one."""
    steps = sight.support.steps
    if len(steps) < 2:
        return None
    written = washington_day(sight.shown.document.updated_at) or sight.day
    return step_plot(steps, known_to=min(written, sight.day), until=sight.day)


def _finding(stands: Support, day: date) -> str:
    """ "13 joined on the first day, Mar 27, 2025; 18 stand since Jun 16, 2025." """
    (first_on, first), (last_on, last) = stands.steps[0], stands.steps[-1]
    if len(stands.steps) == 1:
        return f"{'Joined' if first == 1 else 'All joined'} on {plain_day(first_on)}."
    highest = max(count for _, count in stands.steps)
    peak = f"; {highest:,} at most" if highest > last else ""
    return f"{first:,} joined on {plain_day(first_on)}{peak}; {last:,} stand since {plain_day(last_on)}."


def _summary(record: SummaryRecord) -> Summary:
    return Summary(
        html=clean_html(record.text),
        stage=record.stage or "Stage not given",
        on=record.on,
        revised=washington_day(record.updated_at),
    )


def other_titles(titles: Sequence[TitleRecord], shown: str) -> list[TitleRecord]:
    """The titles that say something else than the one the page is headed with, each wording once."""
    seen = {shown.strip().casefold()}
    others = []
    for title in titles:
        words = title.title.strip().casefold()
        if words not in seen:
            seen.add(words)
            others.append(title)
    return others


def _citation(sight: Sight) -> str:
    record, measure = sight.record, sight.measure
    law = next((each for each in record.laws if each.number), None)
    since = valid_day(sight.status.since)
    return printed_citation(
        measure.congress,
        measure.type,
        measure.number,
        introduced_on=valid_day(record.introduced_on),
        law=printed_law(law.type, law.number or "", since) if law else None,
    )


# Parts


def lately(sight: Sight) -> dict[str, Any]:
    """The last changes known at this moment, a document's together; the first load is no change."""
    found = list(_events(sight).exclude(kind__in=("loaded", "introduced"))[:EVENTS_AT_A_GLANCE])
    days = change_days(found, limit=DOCUMENTS_AT_A_GLANCE)
    return {
        "lately": days,
        "lately_cut": sight.changes
        > sum(line.count for day in days for each in day.changed for line in each.lines) + 1,
        "changes_total": sight.changes,
        "known_since": sight.measure.seen_at,
    }


def changes(sight: Sight, number: int) -> dict[str, Any]:
    """One page of all changes, the first sight of it too."""
    where = bounds(number, EVENTS_A_PAGE, sight.changes)
    return {
        "changed_days": change_days(_events(sight)[where]),
        "page": Cut((), number, EVENTS_A_PAGE, sight.changes),
    }


def _events(sight: Sight) -> QuerySet[ChangeEvent]:
    """The events of the measure known at this moment, newest first, in one query."""
    events = ChangeEvent.objects.filter(measure=sight.measure)
    if sight.clock.as_of is not None:
        events = events.filter(observed_at__lte=sight.clock.as_of)
    return with_measures(events.order_by("-id"))


def supporters(sight: Sight) -> dict[str, Any]:
    """All names with their days, in the record's order, and what draws them."""
    return support_drawn(sight)


_AMENDMENT_NAMES = {"samdt": "S.Amdt.", "hamdt": "H.Amdt.", "suamdt": "S.Up.Amdt."}


def acted_on_first(records: Sequence[AmendmentRecord]) -> list[AmendmentRecord]:
    """The amendments with those first that something became of, the newest first; then the rest by number."""

    def place(record: AmendmentRecord) -> tuple[str, int]:
        number = record.id.rpartition("/")[2]
        latest = record.latest_on or "" if record.latest_text else ""
        return latest, int(number) if number.isascii() and number.isdigit() else 0

    return sorted(records, key=place, reverse=True)


def amendments(records: Sequence[AmendmentRecord]) -> list[Amendment]:
    """These amendments as a list shows them."""
    return [
        Amendment(
            slug=slugify(record.id),
            citation=amendment_name(record.id),
            amends=amendment_name(record.amends) if record.amends else None,
            sponsor=person(record.sponsors[0]) if record.sponsors else None,
            words=record.purpose or record.description,
            latest_on=record.latest_on,
            latest_text=record.latest_text,
        )
        for record in records
    ]


def amendment_name(id: str) -> str:
    """ "S.Amdt. 1" for "119/samdt/1"; what is of no known kind stays as it is."""
    parts = id.split("/")
    known = _AMENDMENT_NAMES.get(parts[1]) if len(parts) == 3 else None
    return f"{known} {parts[2]}" if known else id


def versions(sight: Sight) -> list[Version]:
    """The versions of the text, the furthest stage first."""
    listed = sight.record.text_versions
    furthest = sorted(
        listed,
        key=lambda version: (version_order(version.code, sight.record.type), version.on or ""),
        reverse=True,
    )
    return [
        Version(
            name=record.name or record.code or "A version without a name",
            on=record.on,
            package=record.package,
            links=_text_links(record),
        )
        for record in furthest
    ]


def _text_links(record: TextVersionRecord) -> tuple[tuple[str, str], ...]:
    listed = [(form.type or "file", address) for form in record.formats if (address := web_address(form.url))]
    if record.package and record.package.startswith("BILLS-"):
        place = f"https://www.govinfo.gov/content/pkg/{record.package}"
        published = [
            ("html", f"{place}/html/{record.package}.htm"),
            ("pdf", f"{place}/pdf/{record.package}.pdf"),
        ]
        have = {kind for kind, _ in listed}
        listed = [
            link for link in published if link[0] not in have and not (link[0] == "html" and "htm" in have)
        ] + listed
    return tuple(listed)
