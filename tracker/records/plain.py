"""Parts of a record as plain JSON values, under the names of the contract.

The events' `before` and `after` are made of these, so their shapes are public: an action, a cosponsor, a title … has
the keys that it has in the API's measure. Days are `YYYY-MM-DD`; instants are RFC 3339 in UTC where the source wrote
one that is valid, else as it wrote them. A summary shows its words without markup (`text`), since an event may be read
where HTML is not; an activity names its committee beside itself.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from tracker.congress.calendar import action_instant, first_day, instant, washington_day
from tracker.records.model import (
    ActionRecord,
    ActivityRecord,
    AmendmentRecord,
    CommitteeName,
    CommitteeRecord,
    CosponsorRecord,
    EstimateRecord,
    LawRecord,
    Record,
    RelationRecord,
    SponsorRecord,
    SubcommitteeRecord,
    SummaryRecord,
    TextVersionRecord,
    TitleRecord,
    VoteReference,
)

_MARKUP = re.compile(r"<[^>]*>")
_CHAMBERS = {
    "house": "house",
    "h": "house",
    "senate": "senate",
    "s": "senate",
    "joint": "joint",
    "j": "joint",
}


def as_json(part: Record) -> dict[str, Any]:
    """A part as a JSON object. Raises TypeError for what is no part of a measure."""
    make = _MAKERS.get(type(part))
    if make is None:
        raise TypeError(f"{type(part).__name__}: no part of a measure's record")
    return make(part)


def vote_id(vote: VoteReference) -> str:
    """The roll call's own address, "119/house/2025/123": rolls are numbered by calendar year, which is the session."""
    year = first_day(max(vote.congress, 1)).year + vote.session - 1
    return f"{vote.congress}/{vote.chamber}/{year}/{vote.roll}"


def words(markup: str | None) -> str | None:
    """The words of a piece of HTML, white space folded; None for none."""
    if markup is None:
        return None
    return " ".join(html.unescape(_MARKUP.sub(" ", markup)).split()) or None


def moment(text: str | None) -> str | None:
    """An instant in UTC ("2025-05-14T19:39:51Z"); what is none stays as the source wrote it."""
    named = instant(text)
    return text if named is None else named.isoformat().replace("+00:00", "Z")


def day(text: str | None) -> str | None:
    """The day in Washington of a day or an instant; what is neither stays as the source wrote it."""
    found = washington_day(text)
    return text if found is None else found.isoformat()


def _district(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) < 4 else None


def _chamber(text: str | None) -> str | None:
    return _CHAMBERS.get((text or "").lower(), text)


def _dated(on: str | None, text: str | None) -> dict[str, Any] | None:
    return None if on is None and text is None else {"on": on, "text": text}


def _person(part: SponsorRecord | CosponsorRecord) -> dict[str, Any]:
    return {
        "member": part.member,
        "name": part.name,
        "party": part.party,
        "state": part.state,
        "district": _district(part.district),
    }


def _sponsor(part: SponsorRecord) -> dict[str, Any]:
    return _person(part) | {"by_request": part.by_request}


def _cosponsor(part: CosponsorRecord) -> dict[str, Any]:
    return _person(part) | {
        "joined_on": part.joined_on,
        "original": part.original,
        "withdrawn_on": part.withdrawn_on,
    }


def _vote(part: VoteReference) -> dict[str, Any]:
    return {
        "chamber": part.chamber,
        "congress": part.congress,
        "session": part.session,
        "roll": part.roll,
        "on": day(part.at),
        "url": part.url,
    }


def _action(part: ActionRecord) -> dict[str, Any]:
    at = action_instant(part.on, part.time)
    return {
        "on": part.on,
        "at": None if at is None else at.isoformat().replace("+00:00", "Z"),
        "text": part.text,
        "code": part.code,
        "type": part.type,
        "source": part.source,
        "committees": [code for c in part.committees if (code := c.code or c.name)],
        "recorded_votes": [_vote(vote) for vote in part.recorded_votes],
    }


def _activity(part: ActivityRecord) -> dict[str, Any]:
    return {"name": part.name, "at": moment(part.at)}


def _subcommittee(part: SubcommitteeRecord) -> dict[str, Any]:
    return {"code": part.code, "name": part.name, "activities": [_activity(a) for a in part.activities]}


def _committee(part: CommitteeRecord) -> dict[str, Any]:
    return {
        "code": part.code,
        "name": part.name,
        "chamber": _chamber(part.chamber),
        "activities": [_activity(a) for a in part.activities],
        "subcommittees": [_subcommittee(s) for s in part.subcommittees],
    }


def _title(part: TitleRecord) -> dict[str, Any]:
    return {
        "type": part.type,
        "type_code": part.type_code,
        "chamber": _chamber(part.chamber),
        "text_version": part.text_version,
        "title": part.title,
    }


def _summary(part: SummaryRecord) -> dict[str, Any]:
    return {"version": part.version, "on": part.on, "stage": part.stage, "text": words(part.text)}


def _text_version(part: TextVersionRecord) -> dict[str, Any]:
    return {
        "code": part.code,
        "name": part.name,
        "on": part.on,
        "formats": [{"type": f.type, "url": f.url} for f in part.formats],
    }


def _relation(part: RelationRecord) -> dict[str, Any]:
    return {
        "measure": part.measure,
        "title": part.title,
        "relations": [{"type": detail.type, "by": detail.by} for detail in part.details],
    }


def _amendment(part: AmendmentRecord) -> dict[str, Any]:
    return {
        "id": part.id,
        "purpose": part.purpose,
        "description": part.description,
        "latest_action": _dated(part.latest_on, part.latest_text),
    }


def _law(part: LawRecord) -> dict[str, Any]:
    return {"type": part.type, "number": part.number}


def _estimate(part: EstimateRecord) -> dict[str, Any]:
    return {"on": day(part.at), "title": part.title, "url": part.url}


_MAKERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    ActionRecord: _action,
    ActivityRecord: _activity,
    AmendmentRecord: _amendment,
    CommitteeName: lambda part: {"code": part.code, "name": part.name},
    CommitteeRecord: _committee,
    CosponsorRecord: _cosponsor,
    EstimateRecord: _estimate,
    LawRecord: _law,
    RelationRecord: _relation,
    SponsorRecord: _sponsor,
    SubcommitteeRecord: _subcommittee,
    SummaryRecord: _summary,
    TextVersionRecord: _text_version,
    TitleRecord: _title,
    VoteReference: _vote,
}
