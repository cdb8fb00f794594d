"""A record as the API shows it: the parts of one measure, and the short form that lists show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, cast

from django.conf import settings

from tracker.api import shapes
from tracker.api.html import cleaned
from tracker.congress.calendar import action_instant, instant, today, valid_day, washington_day
from tracker.congress.measures import measure_type
from tracker.congress.stages import STATUS_LABELS
from tracker.desk.published import Shown as Ours
from tracker.ledger.as_of import Shown
from tracker.ledger.batch import origin_of
from tracker.ledger.derived import derive, sentence_of
from tracker.ledger.models import Document
from tracker.ledger.rows import district
from tracker.records import model
from tracker.records.keys import action_keys

SHORT_COLUMNS = (
    "id",
    "congress",
    "type",
    "number",
    "title",
    "origin_chamber",
    "introduced_on",
    "status",
    "status_since",
    "status_action",
    "status_sentence",
    "sponsor_member",
    "sponsor_name",
    "sponsor_party",
    "sponsor_state",
    "sponsor_district",
    "cosponsor_count",
    "withdrawn_count",
    "cosponsors_by_party",
    "latest_on",
    "latest_text",
    "policy_area",
    "origin",
    "seen_at",
    "changed_at",
)
"""What the short form is made of: columns of `Measure`, and nothing else."""


def short_form(row: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of `MeasureShort` from a row of SHORT_COLUMNS."""
    type, number = row["type"], row["number"]
    key = f"{row['congress']}/{type}/{number}"
    return {
        "id": key,
        "congress": row["congress"],
        "type": type,
        "number": number,
        "citation": f"{measure_type(type).abbreviation} {number}",
        "title": row["title"],
        "origin_chamber": row["origin_chamber"],
        "introduced_on": row["introduced_on"],
        "status": shapes.Status(
            row["status"],
            STATUS_LABELS[row["status"]],
            row["status_since"],
            row["status_action"],
            row["status_sentence"],
        ),
        "sponsor": _first_sponsor(row),
        "cosponsor_counts": shapes.CosponsorCounts(
            row["cosponsor_count"], row["withdrawn_count"], row["cosponsors_by_party"]
        ),
        "latest_action": _dated(row["latest_on"], row["latest_text"]),
        "policy_area": row["policy_area"],
        "origin": row["origin"],
        "url": f"{settings.SITE_URL}/measures/{key}/",
        "seen_at": row["seen_at"],
        "changed_at": row["changed_at"],
    }


def _first_sponsor(row: Mapping[str, Any]) -> shapes.Sponsor | None:
    sponsor = shapes.Sponsor(
        row["sponsor_member"],
        row["sponsor_name"],
        row["sponsor_party"],
        row["sponsor_state"],
        row["sponsor_district"],
    )
    return None if sponsor.member is None and sponsor.name is None else sponsor


def whole(shown: Shown, *, changed_at: datetime | None, entries: Iterable[Ours] = ()) -> shapes.Measure:
    """The whole record, now or by either clock; `changed_at` is when its last change till then was observed.

    `entries` are what staff wrote beside it, as readers see it at that moment.
    """
    record = shown.record
    keys = action_keys(record.actions)
    return shapes.Measure(
        **short_form(_row(shown, keys) | {"changed_at": changed_at}),
        titles=[
            shapes.Title(t.type, t.type_code, _chamber(t.chamber), t.text_version, t.title)
            for t in record.titles
        ],
        sponsors=[
            shapes.SponsorWhole(s.member, s.name, s.party, s.state, district(s.district), s.by_request)
            for s in record.sponsors
        ],
        cosponsors=[
            shapes.Cosponsor(
                c.member,
                c.name,
                c.party,
                c.state,
                district(c.district),
                valid_day(c.joined_on),
                c.original,
                valid_day(c.withdrawn_on),
            )
            for c in record.cosponsors
        ],
        actions=[_action(action, key) for action, key in zip(record.actions, keys, strict=True)],
        committees=[
            shapes.CommitteeOfMeasure(
                c.code,
                c.name,
                cast(Literal["house", "senate", "joint"] | None, _chamber(c.chamber)),
                _activities(c.activities),
                [shapes.Subcommittee(s.code, s.name, _activities(s.activities)) for s in c.subcommittees],
            )
            for c in record.committees
        ],
        subjects=list(record.subjects),
        summaries=[
            shapes.Summary(
                s.version, washington_day(s.on), s.stage, cleaned(s.text or ""), _stamp(s.updated_at)
            )
            for s in record.summaries
        ],
        text_versions=[
            shapes.TextVersion(
                v.code, v.name, washington_day(v.on), [shapes.Format(f.type, f.url) for f in v.formats]
            )
            for v in record.text_versions
        ],
        related=[
            shapes.Relation(r.measure, r.title, [shapes.RelationDetail(d.type, d.by) for d in r.details])
            for r in record.related
        ],
        amendments=[
            shapes.Amendment(a.id, a.purpose, a.description, _dated(valid_day(a.latest_on), a.latest_text))
            for a in record.amendments
        ],
        laws=[shapes.Law(law.type, law.number) for law in record.laws],
        notes=[cleaned(note) for note in record.notes],
        committee_reports=list(record.committee_reports),
        cbo_estimates=[shapes.CostEstimate(washington_day(e.at), e.title, e.url) for e in record.estimates],
        entries=[entry(each) for each in entries],
        source=_source(shown.document),
    )


def _row(shown: Shown, keys: list[str]) -> dict[str, Any]:
    """SHORT_COLUMNS of the moment shown: today's are stored, any other moment's follow from its record."""
    measure = shown.measure
    row = {name: getattr(measure, name) for name in SHORT_COLUMNS}
    if shown.as_of is None and shown.on is None:
        return row
    status = shown.status
    columns = derive(shown.record, keys, today()).columns | {
        "status": status.code,
        "status_since": status.since,
        "status_action": None if status.action is None else keys[status.action],
        "status_sentence": sentence_of(shown.record, status),
    }
    row |= {name: columns[name] for name in SHORT_COLUMNS if name in columns}
    row |= {name: valid_day(row[name]) for name in ("introduced_on", "status_since", "latest_on")}
    row["origin"] = origin_of(shown.document.source)
    return row


def _action(action: model.ActionRecord, key: str) -> shapes.Action:
    return shapes.Action(
        key=key,
        on=valid_day(action.on),
        at=action_instant(action.on, action.time),
        text=action.text,
        code=action.code,
        type=action.type,
        source=action.source,
        committees=[c.code for c in action.committees if c.code],
        recorded_votes=[
            shapes.RecordedVote(
                _chamber(v.chamber), v.congress, v.session, v.roll, washington_day(v.at), v.url
            )
            for v in action.recorded_votes
        ],
    )


def _activities(activities: Iterable[model.ActivityRecord]) -> list[shapes.Activity]:
    return [shapes.Activity(a.name, _stamp(a.at)) for a in activities]


def _stamp(written: str | None) -> datetime | None:
    """An update stamp as an instant. Where the source gives a day alone, its beginning in UTC."""
    day = valid_day(written)
    return instant(written) if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)


def _dated(on: Any, text: str | None) -> shapes.DatedText | None:
    return None if on is None and text is None else shapes.DatedText(on, text)


def _chamber(written: str | None) -> Any:
    """ "House" and "H" are `house`, "Senate" and "S" `senate`."""
    return _CHAMBERS.get((written or "").lower())


_CHAMBERS = {
    "house": "house",
    "h": "house",
    "senate": "senate",
    "s": "senate",
    "joint": "joint",
    "j": "joint",
}


def entry(ours: Ours) -> shapes.Entry:
    """One of our entries, on whatever it is."""
    return shapes.Entry(
        ours.kind,
        ours.row.title,
        ours.whole_html,
        ours.published_at,
        ours.revised_at,
    )


def _source(document: Document) -> shapes.DocumentSource:
    return shapes.DocumentSource(
        document.source, document.url, _stamp(document.updated_at), document.fetched_at, document.sha256
    )
