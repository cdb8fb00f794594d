"""The parts of a measure but its actions, each from its rows to structs, in the source's order."""

from __future__ import annotations

from typing import Any

from tracker.congress.calendar import valid_day
from tracker.records import shapes
from tracker.records.account import Account, Fields
from tracker.records.actions import read_actions
from tracker.records.model import (
    ActivityRecord,
    AmendmentRecord,
    CommitteeRecord,
    CosponsorRecord,
    EstimateRecord,
    RelationDetail,
    RelationRecord,
    SponsorRecord,
    SubcommitteeRecord,
    SummaryRecord,
    TextVersionRecord,
    TitleRecord,
)
from tracker.records.values import amendment_id, clock, day_of, is_yes, measure_id, text_version

_COUNTS = ("count", "countIncludingWithdrawnCosponsors", "currentCount", "totalCount")


def read_titles(account: Account, container: Any) -> tuple[TitleRecord, ...]:
    """The titles; a row without words is none."""
    return tuple(
        [
            TitleRecord(
                title,
                row.get("titleType"),
                row.get("titleTypeCode"),
                row.get("chamberName") or row.get("chamberCode"),
                row.get("billTextVersionCode"),
            )
            for row in account.rows(container, shapes.TITLE)
            if (title := row.get("title")) is not None
        ]
    )


def read_sponsors(
    account: Account, container: Any, shape: shapes.Shape = shapes.SPONSOR
) -> tuple[SponsorRecord, ...]:
    """The sponsors: members, of an amendment also committees, which have a name alone."""
    return tuple(
        [
            SponsorRecord(
                row.get("bioguideId"),
                row.get("fullName") or row.get("name"),
                row.get("party"),
                row.get("state"),
                row.get("district"),
                is_yes(row.get("isByRequest") or row.get("byRequestType")),
            )
            for row in account.rows(container, shape)
        ]
    )


def read_cosponsors(
    account: Account, container: Any, where: str, shape: shapes.Shape = shapes.COSPONSOR
) -> tuple[CosponsorRecord, ...]:
    """The cosponsors, the withdrawn ones too."""
    found = []
    for index, row in enumerate(account.rows(container, shape, known=_COUNTS)):
        get = row.get
        joined, left = get("sponsorshipDate"), get("sponsorshipWithdrawnDate")
        if joined is not None and valid_day(joined) is None:
            joined = _settled_day(account, joined, f"{where}[{index}].joined_on")
        if left is not None and valid_day(left) is None:
            left = _settled_day(account, left, f"{where}[{index}].withdrawn_on")
        found.append(
            CosponsorRecord(
                get("bioguideId"),
                get("fullName") or get("name"),
                get("party"),
                get("state"),
                get("district"),
                joined,
                is_yes(get("isOriginalCosponsor")),
                left,
            )
        )
    return tuple(found)


def _settled_day(account: Account, text: str, where: str) -> str | None:
    """The day of an instant (2015 wrote "2015-03-23T04:00:00Z" on 114/hr/1531); what is no time stays, and is odd."""
    day = day_of(text)
    account.doubt_day(day, where)
    return day


def read_committees(account: Account, container: Any) -> tuple[CommitteeRecord, ...]:
    """The committees with their subcommittees and what each did."""
    if container is not None and (wrapped := account.inside(container, "billCommittees")) is not None:
        container = wrapped
    return tuple(
        [
            CommitteeRecord(
                row.get("systemCode"),
                row.get("name"),
                row.get("chamber"),
                row.get("type"),
                _activities(account, row, f"committees[{index}]"),
                _subcommittees(account, row, f"committees[{index}]"),
            )
            for index, row in enumerate(account.rows(container, shapes.COMMITTEE))
        ]
    )


def _subcommittees(account: Account, row: Fields, where: str) -> tuple[SubcommitteeRecord, ...]:
    if "+subcommittees" not in row:
        return ()
    return tuple(
        [
            SubcommitteeRecord(
                below.get("systemCode"),
                below.get("name"),
                _activities(account, below, f"{where}.subcommittees[{index}]"),
            )
            for index, below in enumerate(account.rows(row["+subcommittees"], shapes.SUBCOMMITTEE))
        ]
    )


def _activities(account: Account, row: Fields, where: str) -> tuple[ActivityRecord, ...]:
    if "+activities" not in row:
        return ()
    found = tuple(
        [
            ActivityRecord(activity.get("name"), activity.get("date"))
            for activity in account.rows(row["+activities"], shapes.ACTIVITY)
        ]
    )
    for index, activity in enumerate(found):
        account.doubt_time(activity.at, f"{where}.activities[{index}].at")
    return found


def read_subjects(account: Account, bill: Fields) -> tuple[tuple[str, ...], str | None]:
    """The subject terms and the policy area, which stands in two places; both have other names in the old schema."""
    inner = account.nested(bill, "subjects", shapes.SUBJECTS)
    if "+billSubjects" in inner:
        inner = account.nested(inner, "billSubjects", shapes.SUBJECTS)
    terms = account.rows(inner.get("+legislativeSubjects"), shapes.SUBJECT)
    terms += account.rows(inner.get("+otherSubjects"), shapes.SUBJECT)
    area: str | None = None
    for place in (bill, inner):
        for name in ("policyArea", "primarySubject"):
            if area is None:
                area = account.nested(place, name, shapes.POLICY_AREA).get("name")
    return tuple([term["name"] for term in terms if term.get("name") is not None]), area


def read_summaries(account: Account, container: Any) -> tuple[SummaryRecord, ...]:
    """The summaries; their words may stand one element deeper, in `cdata`."""
    if container is not None and (wrapped := account.inside(container, "billSummaries")) is not None:
        rows = account.rows(wrapped, shapes.SUMMARY)
    else:
        rows = account.rows(container, shapes.SUMMARY, "summary")
    found = []
    for index, row in enumerate(rows):
        on = row.get("actionDate")
        if on is not None and valid_day(on) is None:
            account.doubt(f"summaries[{index}].on", on)
        found.append(
            SummaryRecord(
                row.get("versionCode"),
                on,
                row.get("actionDesc") or row.get("name"),
                wrapped_text(account, row, "text"),
                row.get("lastSummaryUpdateDate") or row.get("updateDate"),
            )
        )
    return tuple(found)


def read_text_versions(account: Account, container: Any) -> tuple[TextVersionRecord, ...]:
    """The printed versions. Items whose three elements are all empty are no versions."""
    found = []
    for index, row in enumerate(account.rows(container, shapes.TEXT_VERSION)):
        formats = account.rows(row.get("+formats"), shapes.TEXT_FORMAT)
        addresses = [address for part in formats if (address := part.get("url"))]
        if not addresses and row.get("type") is None and row.get("date") is None:
            continue
        version = text_version(row.get("type"), row.get("date"), addresses)
        if version.on is not None and valid_day(version.on) is None:
            account.doubt(f"text_versions[{index}].on", version.on)
        found.append(version)
    return tuple(found)


def read_relations(account: Account, container: Any) -> tuple[RelationRecord, ...]:
    """The related measures. One that its three names do not identify is left out and listed as odd."""
    found = []
    for index, row in enumerate(account.rows(container, shapes.RELATION)):
        measure = measure_id(row.get("congress"), row.get("type"), row.get("number"))
        if measure is None:
            named = [row.get(name) or "–" for name in ("congress", "type", "number")]
            account.doubt(f"related[{index}]", "/".join(named))
            continue
        latest = account.nested(row, "latestAction", shapes.RELATION_ACTION)
        details = account.rows(row.get("+relationshipDetails"), shapes.RELATION_DETAIL)
        found.append(
            RelationRecord(
                measure,
                row.get("title") or row.get("latestTitle"),
                tuple([RelationDetail(detail.get("type"), detail.get("identifiedBy")) for detail in details]),
                latest.get("actionDate"),
                latest.get("text"),
            )
        )
    return tuple(found)


def read_amendments(account: Account, container: Any) -> tuple[AmendmentRecord, ...]:
    """The amendments, whole. One that its three names do not identify is left out and listed as odd."""
    found = []
    for index, row in enumerate(account.rows(container, shapes.AMENDMENT, "amendment")):
        where = f"amendments[{index}]"
        identity = amendment_id(row.get("congress"), row.get("type"), row.get("number"))
        if identity is None:
            named = [row.get(name) or "–" for name in ("congress", "type", "number")]
            account.doubt(where, "/".join(named))
            continue
        submitted, proposed = row.get("submittedDate"), row.get("proposedDate")
        account.doubt_time(submitted, f"{where}.submitted_at")
        account.doubt_time(proposed, f"{where}.proposed_at")
        latest = account.nested(row, "latestAction", shapes.AMENDMENT_LATEST)
        actions = account.nested(row, "actions", shapes.AMENDMENT_ACTION_LIST).get("+actions")
        amended = account.nested(row, "amendedAmendment", shapes.AMENDED)
        found.append(
            AmendmentRecord(
                identity,
                row.get("chamber"),
                row.get("purpose"),
                row.get("description"),
                submitted,
                proposed,
                read_sponsors(account, row.get("+sponsors"), shapes.AMENDMENT_SPONSOR),
                read_cosponsors(
                    account, row.get("+cosponsors"), f"{where}.cosponsors", shapes.AMENDMENT_COSPONSOR
                ),
                latest.get("actionDate"),
                clock(latest.get("actionTime")),
                latest.get("text"),
                amendment_id(amended.get("congress"), amended.get("type"), amended.get("number")),
                read_actions(account, actions, shapes.AMENDMENT_ACTIONS, f"{where}.actions"),
                read_sponsors(account, row.get("+onBehalfOfSponsor"), shapes.AMENDMENT_BEHALF),
            )
        )
    return tuple(found)


def read_notes(account: Account, container: Any) -> tuple[str, ...]:
    """The notes, as the source's HTML."""
    rows = account.rows(container, shapes.NOTE)
    return tuple([text for row in rows if (text := wrapped_text(account, row, "text")) is not None])


def read_committee_reports(account: Account, container: Any) -> tuple[str, ...]:
    """The citations of committee reports ("H. Rept. 117-130, Book 1"), white space made even."""
    rows = account.rows(container, shapes.COMMITTEE_REPORT, "committeeReport")
    return tuple([" ".join(text.split()) for row in rows if (text := row.get("citation")) is not None])


def read_estimates(account: Account, container: Any) -> tuple[EstimateRecord, ...]:
    """The cost estimates of the Congressional Budget Office."""
    found = []
    for index, row in enumerate(account.rows(container, shapes.ESTIMATE)):
        at = row.get("pubDate") or row.get("rptPubDate")
        account.doubt_time(at, f"estimates[{index}].at")
        found.append(
            EstimateRecord(
                at,
                row.get("title") or row.get("rptTitle"),
                row.get("url") or row.get("rptUrl"),
                row.get("description"),
            )
        )
    return tuple(found)


def wrapped_text(account: Account, row: Fields, name: str) -> str | None:
    """The text `name` of a row, or the one inside its `cdata`, where some files put it."""
    text: str | None = row.get(name)
    if text is None and "+cdata" in row:
        text = account.nested(row, "cdata", shapes.WRAPPED).get(name)
    return text
