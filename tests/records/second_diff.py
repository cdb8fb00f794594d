"""A second, plain telling of what changed: how many events of each kind, by the contract's rules of counting.

Written from the contract, apart from `tracker.records.diff`, to be held against it: sets of what identifies a part.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import Any

from tracker.records.model import AmendmentRecord, MeasureRecord


def folded(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())


def kinds(before: MeasureRecord, after: MeasureRecord) -> Counter[str]:
    """Events of each kind, without `field_changed`."""
    found: Counter[str] = Counter()
    actions(before, after, found)
    cosponsors(before, after, found)
    activities(before, after, found)
    found["title_changed"] += folded(before.title) != folded(after.title)
    found["title_changed"] += title_set(before) != title_set(after)
    found["sponsor_changed"] += set(before.sponsors) != set(after.sponsors)
    found["subjects_changed"] += set(before.subjects) != set(after.subjects)
    found["policy_area_changed"] += before.policy_area != after.policy_area
    found["text_published"] += len(text_set(after) - text_set(before))
    found["became_law"] += len(set(after.laws) - set(before.laws))
    found["vote_recorded"] += len(vote_set(after) - vote_set(before))
    found["related_added"] += len({r.measure for r in after.related} - {r.measure for r in before.related})
    found["related_removed"] += len({r.measure for r in before.related} - {r.measure for r in after.related})
    old, new = (dict(by_key(record.summaries, lambda s: (s.version, s.on))) for record in (before, after))
    found["summary_published"] += len(new.keys() - old.keys())
    found["summary_revised"] += sum(
        said(old[key].text) != said(new[key].text) for key in new.keys() & old.keys()
    )
    old, new = (dict(by_key(record.amendments, lambda a: a.id)) for record in (before, after))
    found["amendment_added"] += len(new.keys() - old.keys())
    found["amendment_changed"] += sum(
        whole(old[key], new[key]) != whole(new[key], old[key]) for key in new.keys() & old.keys()
    )
    return +found


def by_key(items: Any, key: Any) -> list[tuple[Any, Any]]:
    return [(key(item), item) for item in items]


def action_set(record: MeasureRecord) -> set[Any]:
    return {
        (a.on, a.code, a.source, tuple(sorted(c.code or "" for c in a.committees)), folded(a.text))
        for a in record.actions
    }


def actions(before: MeasureRecord, after: MeasureRecord, found: Counter[str]) -> None:
    gone = Counter((day, code) for day, code, *_ in action_set(before) - action_set(after))
    come = Counter((day, code) for day, code, *_ in action_set(after) - action_set(before))
    found["action_edited"] += (gone & come).total()
    found["action_removed"] += (gone - come).total()
    found["action_added"] += (come - gone).total()


def cosponsors(before: MeasureRecord, after: MeasureRecord, found: Counter[str]) -> None:
    """For records in which no member joined twice on one day."""
    old, new = (
        {(c.member or c.name, c.joined_on): c.withdrawn_on for c in r.cosponsors} for r in (before, after)
    )
    found["cosponsor_added"] += len(new.keys() - old.keys())
    found["cosponsor_removed"] += len(old.keys() - new.keys())
    found["cosponsor_withdrawn"] += sum(
        left is not None and old.get(key) is None for key, left in new.items()
    )


def activities(before: MeasureRecord, after: MeasureRecord, found: Counter[str]) -> None:
    def listed(record: MeasureRecord) -> set[Any]:
        every = [part for c in record.committees for part in (c, *c.subcommittees)]
        return {(part.code or part.name, a.name.casefold(), a.at) for part in every for a in part.activities}

    found["committee_activity_added"] += len(listed(after) - listed(before))
    found["committee_activity_removed"] += len(listed(before) - listed(after))


def title_set(record: MeasureRecord) -> set[Any]:
    return {(folded(t.title), t.type, t.type_code, t.chamber, t.text_version) for t in record.titles}


def text_set(record: MeasureRecord) -> set[Any]:
    return {v.package or (v.name, v.on) for v in record.text_versions}


def vote_set(record: MeasureRecord) -> set[Any]:
    return {(v.chamber, v.congress, v.session, v.roll) for a in record.actions for v in a.recorded_votes}


def said(text: str | None) -> str | None:
    return folded(html.unescape(re.sub("<[^>]*>", " ", text))) or None if text else None


def whole(amendment: AmendmentRecord, other: AmendmentRecord) -> Any:
    """All of it but its votes; less where either is only listed."""
    listed = (folded(amendment.purpose), amendment.latest_on, folded(amendment.latest_text))
    if any(not a.sponsors and not a.actions for a in (amendment, other)):
        return listed
    rows = {
        (
            a.on,
            a.code,
            a.source,
            tuple(sorted(c.code or "" for c in a.committees)),
            folded(a.text),
            a.time,
            a.type,
        )
        for a in amendment.actions
    }
    return (*listed, amendment.submitted_at, set(amendment.sponsors), set(amendment.cosponsors), rows)
