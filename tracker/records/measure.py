"""The fields of one measure → `MeasureRecord`, whichever source they are from."""

from __future__ import annotations

from tracker.records import parts, shapes
from tracker.records.account import Account, Fields
from tracker.records.actions import read_actions, read_votes
from tracker.records.beside_actions import place_calendars, place_votes
from tracker.records.model import LawRecord, MeasureRecord
from tracker.records.values import clock, measure_kind, whole
from tracker.records.xml import one_line, refuse


def read_identity(
    congress: str | None, kind: str | None, number: str | None, expected: tuple[int, str, int] | None
) -> tuple[int, str, int]:
    """(congress, type, number) as the document says them, to the letter: "119 " is no Congress.

    Raises DocumentRefused where they name no measure, or another than the one `expected`.
    """
    numbers = whole(congress), whole(number)
    code = measure_kind(kind)
    for name, written, understood in (
        ("congress", congress, numbers[0]),
        ("type", kind, code),
        ("number", number, numbers[1]),
    ):
        if not understood:
            said = f"no {name}" if written is None else f"{name} is {one_line(written, 40)!r}"
            refuse(f"the document does not say which measure it is about: {said}")
    assert numbers[0] is not None and code is not None and numbers[1] is not None
    identity = numbers[0], code, numbers[1]
    if expected is not None and identity != tuple(expected):
        inside, asked = ("/".join(map(str, one)) for one in (identity, expected))
        refuse(f"another measure is in the document: {inside}, where {asked} was expected")
    return identity


def read_measure(account: Account, identity: tuple[int, str, int], fields: Fields) -> MeasureRecord:
    """The record of the measure whose fields these are."""
    get = fields.get
    latest = account.nested(fields, "latestAction", shapes.LATEST_ACTION)
    subjects, policy_area = parts.read_subjects(account, fields)
    actions = read_actions(account, get("+actions"), shapes.ACTIONS, "actions")
    if "+recordedVotes" in fields:
        votes = read_votes(account, fields["+recordedVotes"], shapes.BILL_VOTE, "recordedVotes")
        actions = place_votes(actions, votes, account)
    if "+calendarNumbers" in fields:
        rows = account.rows(fields["+calendarNumbers"], shapes.BILL_CALENDAR)
        actions = place_calendars(actions, [calendar for row in rows if (calendar := row.get("calendar"))])
    account.doubt_day(get("introducedDate"), "introduced_on")
    account.doubt_time(get("updateDate"), "updated_at")
    account.doubt_time(get("updateDateIncludingText"), "updated_with_text_at")
    laws = account.rows(get("+laws"), shapes.LAW)
    return MeasureRecord(
        *identity,
        title=get("title"),
        origin_chamber=get("originChamber"),
        introduced_on=get("introducedDate"),
        updated_at=get("updateDate"),
        updated_with_text_at=get("updateDateIncludingText"),
        latest_on=latest.get("actionDate"),
        latest_time=clock(latest.get("actionTime")),
        latest_text=latest.get("text"),
        policy_area=policy_area,
        authority=_authority(account, fields),
        titles=parts.read_titles(account, get("+titles")),
        sponsors=parts.read_sponsors(account, get("+sponsors")),
        cosponsors=parts.read_cosponsors(account, get("+cosponsors"), "cosponsors"),
        actions=actions,
        committees=parts.read_committees(account, get("+committees")),
        subjects=subjects,
        summaries=parts.read_summaries(account, get("+summaries")),
        text_versions=parts.read_text_versions(account, get("+textVersions")),
        related=parts.read_relations(account, get("+relatedBills")),
        amendments=parts.read_amendments(account, get("+amendments")),
        laws=tuple([LawRecord(law.get("type"), law.get("number")) for law in laws]),
        notes=parts.read_notes(account, get("+notes")),
        committee_reports=parts.read_committee_reports(account, get("+committeeReports")),
        estimates=parts.read_estimates(account, get("+cboCostEstimates")),
    )


def _authority(account: Account, fields: Fields) -> str | None:
    """The statement of constitutional authority (HTML). Some files wrap the element in `cdata`, some its words."""
    name = "constitutionalAuthorityStatementText"
    text: str | None = fields.get(name)
    if text is None:
        text = account.nested(fields, "cdata", shapes.WRAPPED).get(name)
    if text is None:
        text = account.nested(fields, name, shapes.WRAPPED).get("cdata")
    return text


def missing_parts(account: Account, fields: Fields, record: MeasureRecord) -> tuple[str, ...]:
    """The parts that the document does not have, and those that may stand in an unknown element of it."""
    return tuple(
        [
            part
            for name, part in shapes.PARTS.items()
            if part in account.unsure or not (name in fields or getattr(record, part) or f"+{name}" in fields)
        ]
    )
