"""The overview of a measure: every part of it at a glance, long ones cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from tracker.congress.calendar import valid_day, washington_day
from tracker.congress.stages import is_final
from tracker.desk import public_topics, published
from tracker.pages.amendments import acted_on_first, amendments
from tracker.pages.citing import printed_citation, printed_law
from tracker.pages.found_kin import found_kin
from tracker.pages.measure_changes import lately
from tracker.pages.ours import Ours, ours
from tracker.pages.quoted import clean_html, web_address
from tracker.pages.sight import Sight
from tracker.pages.story import told
from tracker.pages.support_drawn import support_drawn
from tracker.pages.text_drawn import beginning
from tracker.pages.timeline import first_lines
from tracker.records.model import SummaryRecord, TitleRecord

LINES_AT_A_GLANCE = 40  # of official actions; all but a few records are shorter
DAYS_OF_NAMES = 8
KIN_AT_A_GLANCE = 6
FOUND_AT_A_GLANCE = 3
AMENDMENTS_AT_A_GLANCE = 10
SUBJECTS_AT_A_GLANCE = 40
TITLES_AT_A_GLANCE = 12


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary by the Congressional Research Service, its HTML cleaned."""

    html: SafeString
    stage: str
    on: str | None
    revised: date | None


def overview(sight: Sight) -> dict[str, Any]:
    """The overview: all parts, long ones cut."""
    record, stands = sight.record, sight.support
    days = first_lines(sight.days, LINES_AT_A_GLANCE)
    summaries = [summary for summary in record.summaries if summary.text]
    newest = max(summaries, key=lambda summary: summary.on or "", default=None)
    titles = other_titles(record.titles, sight.title)
    found = found_kin(sight)
    estimates = [
        {"title": each.title, "url": web_address(each.url), "on": washington_day(each.at)}
        for each in record.estimates
    ]
    return {
        "story": told(sight),
        "pending": not is_final(sight.status.code),
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
        "said": beginning(sight),
        "earlier_summaries": len(summaries) - 1,
        "votes": sight.votes,
        "ours": _ours(sight),
        "kin": sight.kin[:KIN_AT_A_GLANCE],
        "kin_cut": len(sight.kin) > KIN_AT_A_GLANCE,
        "found_kin": found[:FOUND_AT_A_GLANCE],
        "found_cut": max(len(found) - FOUND_AT_A_GLANCE, 0),
        "amendments": amendments(acted_on_first(record.amendments)[:AMENDMENTS_AT_A_GLANCE]),
        "amendments_cut": len(record.amendments) > AMENDMENTS_AT_A_GLANCE,
        # What was in which topic at an earlier moment is kept for the desk alone.
        "topics": public_topics.topics_of(sight.measure.pk) if sight.clock.is_now else [],
        "subjects": record.subjects[:SUBJECTS_AT_A_GLANCE],
        "subjects_cut": max(len(record.subjects) - SUBJECTS_AT_A_GLANCE, 0),
        "other_titles": titles[:TITLES_AT_A_GLANCE],
        "titles_cut": max(len(titles) - TITLES_AT_A_GLANCE, 0),
        "estimates": estimates,
        "notes": [clean_html(note) for note in record.notes],
        "authority": clean_html(record.authority),
        "citation": _citation(sight),
    }


def _ours(sight: Sight) -> Ours | None:
    """What staff wrote, as it was known at this moment; nothing beside what was officially so on a day. One query."""
    if sight.clock.on is not None:
        return None
    shown = published.of_measure(sight.measure.pk, sight.clock.as_of)
    return ours(shown) if shown else None


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
