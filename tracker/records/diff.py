"""Two records of one measure → the changes between them, by the contract's rules of counting.

Lists are compared as sets of what identifies their items: neither order nor an exact repetition makes a change, and
white space within words does not. Not compared at all: the source's update dates, its `latest_*` (a repetition of the
newest row, of this measure or of a related one), the titles of related measures, and the addresses of texts, which
differ between sources that list the same text.

The order of changes: title and sponsors, cosponsors, actions, roll calls, committees, laws, texts, summaries,
subjects, relations, amendments, other fields; of each, what went before what came, earlier days first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from tracker.congress.calendar import valid_day
from tracker.records.action_changes import action_changes, vote_changes
from tracker.records.amendment_changes import amendment_changes
from tracker.records.change import Change, in_order
from tracker.records.committee_changes import committee_changes
from tracker.records.cosponsor_changes import cosponsor_changes
from tracker.records.keys import (
    action_identity,
    cosponsor_identity,
    folded,
    law_identity,
    summary_identity,
    text_identity,
)
from tracker.records.model import (
    EstimateRecord,
    MeasureRecord,
    Record,
    RelationRecord,
    SponsorRecord,
    SummaryRecord,
    TextVersionRecord,
    TitleRecord,
)
from tracker.records.plain import as_json, words

Item = TypeVar("Item")


def changes(before: MeasureRecord, after: MeasureRecord) -> list[Change]:
    """Every change between two records of the same measure, in the order that this module documents.

    All kinds of the contract but `introduced`, `loaded`, `status_changed`, `vanished`, `returned`, which need more
    than two records. Of records that say the same, none.
    """
    if before == after:
        return []
    found: list[Change] = []
    if folded(before.title) != folded(after.title):
        found.append(Change("title_changed", "title", before.title, after.title))
    found += _titles(before.titles, after.titles)
    found += _sponsors(before.sponsors, after.sponsors)
    found += cosponsor_changes(before.cosponsors, after.cosponsors)
    found += action_changes(before.actions, after.actions)
    found += vote_changes(before.actions, after.actions)
    found += committee_changes(before.committees, after.committees)
    found += _laws(before, after)
    found += _texts(before.text_versions, after.text_versions)
    found += _summaries(before.summaries, after.summaries)
    if set(before.subjects) != set(after.subjects):
        found.append(Change("subjects_changed", "subjects", list(before.subjects), list(after.subjects)))
    if before.policy_area != after.policy_area:
        found.append(Change("policy_area_changed", "policy_area", before.policy_area, after.policy_area))
    found += _relations(before.related, after.related)
    found += amendment_changes(before.amendments, after.amendments)
    found += _fields(before, after)
    return found


def lost_parts(before: MeasureRecord, after: MeasureRecord) -> list[str]:
    """The lists of `before` that lost three or more of their items, and half of them or more, in one step.

    Items are told apart as `changes` does; an action that another of its day and code replaces is edited, and a
    cosponsor whose withdrawal is dated has left: neither is lost. Names are those of `MeasureRecord`'s fields.
    """
    lost = []
    for name, identity in _IDENTITIES.items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if name == "cosponsors":
            old = [cosponsor for cosponsor in old if cosponsor.withdrawn_on is None]
        stood = {key for item in old for key in identity(item)}
        came = {key for item in new for key in identity(item)}
        gone = len(stood - came)
        if name == "actions":
            gone = (Counter(key[:2] for key in stood) - Counter(key[:2] for key in came)).total()
        if gone >= 3 and gone * 2 >= len(stood):
            lost.append(name)
    return lost


_IDENTITIES: dict[str, Callable[[Any], list[Any]]] = {  # what each item is told apart by: hashable
    "titles": lambda title: [_title_identity(title)],
    "cosponsors": lambda row: [cosponsor_identity(row)],
    "actions": lambda action: [action_identity(action)],
    "committees": lambda committee: [
        part.code or part.name for part in (committee, *committee.subcommittees)
    ],
    "subjects": lambda name: [name],
    "summaries": lambda summary: [summary_identity(summary)],
    "text_versions": lambda version: [text_identity(version)],
    "related": lambda relation: [relation.measure],
    "amendments": lambda amendment: [amendment.id],
    "laws": lambda law: [law_identity(law)],
}


def _titles(before: Sequence[TitleRecord], after: Sequence[TitleRecord]) -> Iterator[Change]:
    """One change for the whole list: the titles that went, and those that came."""
    gone, come = _gone_and_come(before, after, _title_identity)
    if gone or come:
        yield Change("title_changed", "titles", list(map(as_json, gone)), list(map(as_json, come)))


def _title_identity(title: TitleRecord) -> Hashable:
    return folded(title.title), title.type, title.type_code, title.chamber, title.text_version


def _sponsors(before: Sequence[SponsorRecord], after: Sequence[SponsorRecord]) -> Iterator[Change]:
    if set(before) != set(after):
        yield Change("sponsor_changed", "sponsors", list(map(as_json, before)), list(map(as_json, after)))


def _laws(before: MeasureRecord, after: MeasureRecord) -> Iterator[Change]:
    gone, come = _gone_and_come(before.laws, after.laws, law_identity)
    for law in gone:
        yield Change("field_changed", f"laws.{law.number or law.type}", as_json(law), None)
    for law in come:
        yield Change(
            "became_law", law.number or law.type or "", None, as_json(law), _enacted_on(after, law.number)
        )


def _enacted_on(record: MeasureRecord, number: str | None) -> str | None:
    """The day of the action that names this law, or else of the one that made a law of the measure."""
    made = [
        action
        for action in record.actions
        if action.type == "BecameLaw" or "became p" in (action.text or "").lower()
    ]
    exactly = re.compile(rf"(?<!\d){re.escape(number or '')}(?!\d)")
    named = [action for action in made if number and exactly.search(action.text or "")]
    days = [
        action.on for action in named or made if action.on is not None and valid_day(action.on) is not None
    ]
    return min(days, default=None)


def _texts(before: Sequence[TextVersionRecord], after: Sequence[TextVersionRecord]) -> Iterator[Change]:
    if before == after:
        return
    old, new = ({text_identity(version): version for version in several} for several in (before, after))
    yield from _went("text_versions", old, new)
    for identity, version in new.items():
        was = old.get(identity)
        if was is not None and (folded(was.name), was.on) != (folded(version.name), version.on):
            yield Change(
                "field_changed",
                f"text_versions.{identity}",
                as_json(was),
                as_json(version),
                _official(version.on),
            )
    yield from in_order(
        Change("text_published", identity, None, as_json(version), _official(version.on))
        for identity, version in new.items()
        if identity not in old
    )


def _summaries(before: Sequence[SummaryRecord], after: Sequence[SummaryRecord]) -> Iterator[Change]:
    if before == after:
        return
    old, new = ({summary_identity(summary): summary for summary in several} for several in (before, after))
    yield from _went("summaries", old, new)
    published: list[Change] = []
    for identity, summary in new.items():
        was = old.get(identity)
        on = _official(summary.on)
        if was is None:
            published.append(Change("summary_published", identity, None, as_json(summary), on))
        elif was.text != summary.text and words(was.text) != words(summary.text):
            yield Change("summary_revised", identity, as_json(was), as_json(summary), on)
        elif folded(was.stage) != folded(summary.stage):
            yield Change("field_changed", f"summaries.{identity}", as_json(was), as_json(summary), on)
    yield from in_order(published)


def _relations(before: Sequence[RelationRecord], after: Sequence[RelationRecord]) -> Iterator[Change]:
    if before == after:
        return
    old, new = ({relation.measure: relation for relation in several} for several in (before, after))
    for measure, relation in old.items():
        if measure not in new:
            yield Change("related_removed", measure, as_json(relation), None)
    for measure, relation in new.items():
        was = old.get(measure)
        if was is None:
            yield Change("related_added", measure, None, as_json(relation))
        elif set(was.details) != set(relation.details):
            yield Change("field_changed", f"related.{measure}", as_json(was), as_json(relation))


def _fields(before: MeasureRecord, after: MeasureRecord) -> Iterator[Change]:
    """What has no kind of its own: single values, and lists of which the rows that went and came are told."""
    if before.introduced_on != after.introduced_on:
        on = _official(after.introduced_on)
        yield Change("field_changed", "introduced_on", before.introduced_on, after.introduced_on, on)
    for name in ("origin_chamber", "authority"):
        one, other = getattr(before, name), getattr(after, name)
        if folded(one) != folded(other):
            yield Change("field_changed", name, one, other)
    for name in ("notes", "committee_reports"):
        gone, come = _gone_and_come(getattr(before, name), getattr(after, name), folded)
        if gone or come:
            yield Change("field_changed", name, gone, come)
    lost, found = _gone_and_come(before.estimates, after.estimates, _estimate_identity)
    if lost or found:
        yield Change("field_changed", "estimates", list(map(as_json, lost)), list(map(as_json, found)))


def _estimate_identity(estimate: EstimateRecord) -> Hashable:
    return estimate.url, estimate.at, folded(estimate.title), folded(estimate.description)


def _went(part: str, old: Mapping[str, Record], new: Mapping[str, Record]) -> Iterator[Change]:
    for identity, item in old.items():
        if identity not in new:
            yield Change("field_changed", f"{part}.{identity}", as_json(item), None)


def _gone_and_come(
    before: Sequence[Item], after: Sequence[Item], identity: Callable[[Item], Hashable]
) -> tuple[list[Item], list[Item]]:
    """The items that went and those that came, each once, told apart by `identity`."""
    if before == after:
        return [], []
    old = {identity(item): item for item in before}
    new = {identity(item): item for item in after}
    gone = [item for key, item in old.items() if key not in new]
    return gone, [item for key, item in new.items() if key not in old]


def _official(on: str | None) -> str | None:
    return on if valid_day(on) is not None else None
