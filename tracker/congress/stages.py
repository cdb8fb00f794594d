"""Where a measure stands: from its list of actions to one status. docs/STATUS.md is the public account of this.

Actions are folded from the oldest to the newest. Within its first chamber a measure only climbs (introduced,
referred, reported, on the calendar); from then on the latest event decides, and nothing is final but law and the
agreement of those who have to agree. One function for all types and all readers, without a clock.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from tracker.congress.actions import ActionLike
from tracker.congress.calendar import last_day, valid_day
from tracker.congress.course import SETTLED, Course, Status, dated_events
from tracker.congress.measures import TYPES

__all__ = [
    "PENDING",
    "STATUS_LABELS",
    "ActionLike",
    "Status",
    "derive_history",
    "derive_status",
    "is_constitutional_amendment",
    "is_final",
]

STATUS_LABELS: dict[str, str] = {
    "reserved": "Reserved number",
    "introduced": "Introduced",
    "referred": "Referred to committee",
    "reported": "Reported by committee",
    "on_calendar": "On the calendar",
    "passed_house": "Passed the House",
    "passed_senate": "Passed the Senate",
    "resolving_differences": "Resolving differences",
    "passed_both": "Passed both chambers",
    "agreed_to": "Agreed to",
    "to_archivist": "Sent to the states",
    "to_president": "Sent to the President",
    "vetoed": "Vetoed",
    "enacted": "Became law",
    "veto_overridden": "Became law over a veto",
    "failed": "Failed",
    "withdrawn": "Withdrawn",
    "died": "Died with its Congress",
}

PENDING: frozenset[str] = frozenset(
    {
        "introduced",
        "referred",
        "reported",
        "on_calendar",
        "passed_house",
        "passed_senate",
        "resolving_differences",
        "passed_both",
        "to_president",
    }
)

_IN_FIRST_CHAMBER = frozenset({"introduced", "referred", "reported", "on_calendar"})
_AWAITING_LAW = frozenset({"passed_both", "to_president"})
_LAW_MAY_COME = timedelta(days=45)  # ten days to sign, then the number of the law
_TABLED_TEXTS = frozenset({"lth", "lts"})
_AGREED_TEXTS = {"hres": frozenset({"ath", "cph", "eh"}), "sres": frozenset({"ats", "cps", "es"})}

_RESERVED = re.compile(r"\W*reserved\b", re.IGNORECASE)
_CONSTITUTIONAL_AMENDMENT = re.compile(
    r"\W*(?:a joint resolution )?proposing (?:an? )?(?:[a-z]+ ){0,8}?amendments? to the constitution",
    re.IGNORECASE,
)


def is_final(code: str) -> bool:
    """Whether nothing more is expected of a measure with this status. A reserved number is neither."""
    return code in STATUS_LABELS and code not in PENDING and code != "reserved"


def is_constitutional_amendment(type: str, title: str | None) -> bool:
    """Whether a joint resolution proposes an amendment to the Constitution, by its title: it goes to the states."""
    return TYPES[type].form == "joint" and _CONSTITUTIONAL_AMENDMENT.match(title or "") is not None


def derive_status(
    *,
    type: str,
    title: str | None,
    congress: int,
    actions: Sequence[ActionLike],
    has_law: bool,
    introduced_on: str | None,
    today: date,
    text_codes: Collection[str] = (),
) -> Status:
    """The status at the end of `today` (Washington's), from the actions in the source's order, newest first.

    `has_law` is whether the record lists a law; `text_codes` are the codes of its text versions, of which only those
    printed by `today` should be given. Raises KeyError for an unknown type, and nothing for any list of actions.
    """
    return derive_history(
        type=type,
        title=title,
        congress=congress,
        actions=actions,
        has_law=has_law,
        introduced_on=introduced_on,
        today=today,
        text_codes=text_codes,
    )[-1]


def derive_history(
    *,
    type: str,
    title: str | None,
    congress: int,
    actions: Sequence[ActionLike],
    has_law: bool,
    introduced_on: str | None,
    today: date,
    text_codes: Collection[str] = (),
) -> tuple[Status, ...]:
    """Every status that the measure has had, oldest first; the last is the one of `derive_status`. Never empty.

    A measure that failed and was taken up again stands twice at what it was before.
    """
    kind = TYPES[type]
    known = any(action.text or action.code or action.on for action in actions)
    if not known and _RESERVED.match(title or ""):
        return (Status("reserved", _day(introduced_on)),)
    course = Course(kind, constitutional_amendment=is_constitutional_amendment(type, title))
    for dated in dated_events(actions, kind.chamber):
        course.take(dated)
    if has_law and kind.form in ("bill", "joint") and course.code not in SETTLED:
        course.stand(Status(course.law))
    elif course.code in _IN_FIRST_CHAMBER:
        told = _told_by_texts(type, text_codes, alone=not known)
        if told is not None:
            course.stand(Status(told))
    if not course.steps:
        oldest = min((action.on for action in actions if action.on and _day(action.on)), default=None)
        course.stand(Status("introduced", _day(introduced_on) or oldest))
    ended = _at_the_end(course.steps[-1], congress, today)
    return (*course.steps, ended) if ended is not None else tuple(course.steps)


def _day(text: str | None) -> str | None:
    return text if valid_day(text) is not None else None


def _told_by_texts(type: str, codes: Collection[str], *, alone: bool) -> str | None:
    """What the versions of the text tell where no action does.

    A text printed as laid on the table tells that it was. One printed as agreed to is believed only where the record
    lists no action at all (S.Res. 199 and 200 of the 118th).
    """
    if not _TABLED_TEXTS.isdisjoint(codes):
        return "failed"
    if alone and not _AGREED_TEXTS.get(type, frozenset()).isdisjoint(codes):
        return "agreed_to"
    return None


def _at_the_end(status: Status, congress: int, today: date) -> Status | None:
    """What the end of its Congress makes of a status: all that is pending dies, what awaits a law 45 days later."""
    end = last_day(congress)
    if today < end or status.code not in PENDING:
        return None
    if status.code in _AWAITING_LAW and today < end + _LAW_MAY_COME:
        return None
    return Status("died", end.isoformat(), before=status)
