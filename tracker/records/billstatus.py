"""GovInfo's BILLSTATUS XML → `MeasureRecord`: schema 3.0.0, and 1.0.0 with its predecessor of 2014 to 2022.

The source's own words, values and order are kept; the structs of `model` say how. Of the old schemas' differences the
reader makes one thing: `billType` is `type`, `summaries/billSummaries/item` is `summaries/summary`, a roll call listed
beside the actions stands at the action that names it, a subject of an old kind is a subject.
"""

from __future__ import annotations

from tracker.records import parts, shapes
from tracker.records.actions import read_actions, read_votes
from tracker.records.bill_level_votes import place_votes
from tracker.records.elements import Account, Element, Fields
from tracker.records.model import LawRecord, MeasureRecord, Reading
from tracker.records.values import clock, measure_kind, whole
from tracker.records.xml import one_line, read_xml, refuse, refuse_depth


def read_billstatus(body: bytes, *, expected: tuple[int, str, int] | None = None) -> Reading:
    """Read one BILLSTATUS file.

    `expected` is (congress, type, number) of the measure that was asked for. Raises DocumentRefused, in one line,
    where the bytes are no such file, do not say which measure they are about, are about another one, or have an
    unknown element where one is missing that every row must have.
    """
    root = read_xml(body, root="billStatus")
    account = Account()
    top = account.fields(root, shapes.FILE)
    bill = top.get("+bill")
    if bill is None or len(root.findall("bill")) != 1:
        refuse(f"{len(root.findall('bill'))} measures in the file, where one was expected")
    fields = account.fields(bill, shapes.BILL)
    identity = _identity(bill, fields)
    if expected is not None and identity != tuple(expected):
        inside, asked = ("/".join(map(str, one)) for one in (identity, expected))
        refuse(f"another measure is in the file: {inside}, where {asked} was expected")
    version = top.get("version") or fields.get("version")
    if version is not None and version not in shapes.VERSIONS:
        account.strange(f"version {version}")
    record = _record(account, identity, fields)
    if account.unknown:
        refuse_depth(root)
    return Reading(record, account.unknown, _missing(account, fields, record), tuple(account.odd))


def _identity(bill: Element, fields: Fields) -> tuple[int, str, int]:
    """(congress, type, number) as the file says them, to the letter: "119 " is no Congress."""
    numbers = []
    for name, old_name in (("congress", None), ("number", "billNumber")):
        element = bill.find(name)
        if element is None and old_name is not None:
            element = bill.find(old_name)
        text = None if element is None else element.text
        number = whole(text)
        if not number:
            refuse(f"the file does not say which measure it is about: {_said(name, text)}")
        numbers.append(number)
    written = fields.get("type") or fields.get("billType")
    kind = measure_kind(written)
    if kind is None:
        refuse(f"the file does not say which measure it is about: {_said('type', written)}")
    return numbers[0], kind, numbers[1]


def _said(name: str, text: str | None) -> str:
    return f"no {name}" if text is None else f"{name} is {one_line(text, 40)!r}"


def _record(account: Account, identity: tuple[int, str, int], fields: Fields) -> MeasureRecord:
    get = fields.get
    latest = (
        {} if get("+latestAction") is None else account.fields(fields["+latestAction"], shapes.LATEST_ACTION)
    )
    subjects, policy_area = parts.read_subjects(account, fields)
    actions = read_actions(account, get("+actions"), shapes.ACTIONS, "actions")
    if "+recordedVotes" in fields:
        votes = read_votes(account, fields["+recordedVotes"], shapes.BILL_VOTE, "recordedVotes")
        actions = place_votes(actions, votes, account)
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
    if text is None and "+cdata" in fields:
        text = account.fields(fields["+cdata"], shapes.AUTHORITY).get(name)
    if text is None and f"+{name}" in fields:
        text = (fields[f"+{name}"].findtext("cdata") or "").strip() or None
    return text


def _missing(account: Account, fields: Fields, record: MeasureRecord) -> tuple[str, ...]:
    """The parts without an element, and those that may be inside an unknown one."""
    missing = [
        part
        for name, part in shapes.PARTS.items()
        if part in account.unsure or (name not in fields and f"+{name}" not in fields)
    ]
    if record.policy_area is not None and "policy_area" in missing:
        missing.remove("policy_area")
    return tuple(missing)
