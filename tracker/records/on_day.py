"""A record as it officially stood at the end of a day, told from what is known now by the official dates in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from tracker.congress.calendar import valid_day, washington_day
from tracker.records.model import (
    ActionRecord,
    ActivityRecord,
    AmendmentRecord,
    CommitteeRecord,
    CosponsorRecord,
    MeasureRecord,
    SubcommitteeRecord,
)

replace = msgspec.structs.replace


def on_day(record: MeasureRecord, day: date) -> MeasureRecord:
    """What of `record` had officially happened by the end of `day` in Washington.

    Actions, cosponsors, withdrawals, summaries, text versions, activities, amendments and estimates are judged by
    their own dates; laws stand once an action that made them has happened. What has no (valid) date stays: titles,
    sponsors, subjects, relations and texts without a date. Where actions fell away, `latest_*` are those of the newest that is left.
    """
    actions = tuple([action for action in record.actions if _by(action.on, day)])
    return replace(
        record,
        **({} if len(actions) == len(record.actions) else _latest(actions)),
        cosponsors=_cosponsors(record.cosponsors, day),
        actions=actions,
        committees=_committees(record.committees, day),
        summaries=tuple([summary for summary in record.summaries if _by(summary.on, day)]),
        text_versions=tuple([version for version in record.text_versions if _by(version.on, day)]),
        amendments=_amendments(record.amendments, day),
        laws=record.laws if _is_law(record, day) else (),
        estimates=tuple([estimate for estimate in record.estimates if _by(estimate.at, day)]),
    )


def _latest(actions: Sequence[ActionRecord]) -> dict[str, str | None]:
    """The `latest_*` of a list of actions, which begins with the newest."""
    if not actions:
        return {"latest_on": None, "latest_time": None, "latest_text": None}
    newest = actions[0]
    return {"latest_on": newest.on, "latest_time": newest.time, "latest_text": newest.text}


def _by(text: str | None, day: date) -> bool:
    """Whether something of this date had happened by the end of the day; what has no valid date is taken to have."""
    on = valid_day(text) or washington_day(text)
    return on is None or on <= day


def _cosponsors(cosponsors: Iterable[CosponsorRecord], day: date) -> tuple[CosponsorRecord, ...]:
    return tuple(
        [
            cosponsor if _by(cosponsor.withdrawn_on, day) else replace(cosponsor, withdrawn_on=None)
            for cosponsor in cosponsors
            if _by(cosponsor.joined_on, day)
        ]
    )


def _activities(activities: Iterable[ActivityRecord], day: date) -> tuple[ActivityRecord, ...]:
    return tuple([activity for activity in activities if _by(activity.at, day)])


def _committees(committees: Iterable[CommitteeRecord], day: date) -> tuple[CommitteeRecord, ...]:
    """The committees that had done something by then; one whose record names no activity at all stays."""
    found = []
    for committee in committees:
        activities = _activities(committee.activities, day)
        below: list[SubcommitteeRecord] = []
        for subcommittee in committee.subcommittees:
            done = _activities(subcommittee.activities, day)
            if done or not subcommittee.activities:
                below.append(replace(subcommittee, activities=done))
        if activities or not committee.activities:
            found.append(replace(committee, activities=activities, subcommittees=tuple(below)))
    return tuple(found)


def _amendments(amendments: Iterable[AmendmentRecord], day: date) -> tuple[AmendmentRecord, ...]:
    found = []
    for amendment in amendments:
        if not _by(amendment.submitted_at, day):
            continue
        actions = tuple([action for action in amendment.actions if _by(action.on, day)])
        latest = {} if _by(amendment.latest_on, day) else _latest(actions)
        proposed = amendment.proposed_at if _by(amendment.proposed_at, day) else None
        cosponsors = _cosponsors(amendment.cosponsors, day)
        found.append(
            replace(amendment, actions=actions, cosponsors=cosponsors, proposed_at=proposed, **latest)
        )
    return tuple(found)


def _is_law(record: MeasureRecord, day: date) -> bool:
    """Whether an action that made a law had happened by then; a law without any such action is taken as it stands."""
    made = [action for action in record.actions if _makes_law(action)]
    return not made or any(_by(action.on, day) for action in made)


def _makes_law(action: ActionRecord) -> bool:
    return (
        action.type == "BecameLaw"
        or "became public law" in (text := (action.text or "").lower())
        or ("became private law" in text)
    )
