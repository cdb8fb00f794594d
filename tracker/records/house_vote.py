"""The Clerk's roll calls (`/evs/2025/roll123.xml`): XML → `RollCallRecord`.

The file begins with a document type that names a DTD at the Clerk's; it is taken off, never followed. Elections of a
Speaker print `totals-by-candidate`, whatever their type says; quorum calls know only "Present".
"""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from tracker.congress.calendar import WASHINGTON
from tracker.congress.people import party_letter
from tracker.congress.roll_calls import NOT_VOTING, PRESENT, Tally, position_of
from tracker.records.model import DocumentRefused
from tracker.records.roll_call import (
    MatterRecord,
    RollCallRecord,
    VoterRecord,
    checked_identity,
    count,
    measure_named,
    moment,
    refuse_crowd,
    refuse_unlike,
    session_year,
    text_of,
    whole_number,
)
from tracker.records.xml import read_xml

_DOCTYPE = re.compile(
    rb"\s*<!DOCTYPE\s+rollcall-vote(?:\s+(?:PUBLIC\s+\"[^\"<>\[\]]*\"\s+|SYSTEM\s+)\"[^\"<>\[\]]*\")?\s*>"
)
_PROLOG_BYTES = 2_000  # the document type stands within these
_SESSION = re.compile(r"([123])(?:st|nd|rd)?", re.ASCII)
_ABOUT_NO_MEASURE = {"QUORUM", "JOURNAL", "ADJOURN", "MOTION", "SPEAKER", ""}
_VACATED = b"This vote was vacated"


def read_house_vote(body: bytes, expected: tuple[int, int, int] | None = None) -> RollCallRecord:
    """The roll call in these bytes. `expected` is the (congress, session, number) asked for.

    Raises DocumentRefused, in one line, for anything that is not a roll call of the House, or is another one.
    """
    root = read_xml(_without_doctype(body), root="rollcall-vote")
    meta, data = root.find("vote-metadata"), root.find("vote-data")
    if meta is None or data is None:
        raise DocumentRefused("lacks vote-metadata or vote-data")
    congress = whole_number(_text(meta, "congress"), "congress")
    session = _session(_text(meta, "session"))
    number = whole_number(_text(meta, "rollcall-num"), "rollcall-num")
    checked_identity(congress, session, number)
    written = f"{_text(meta, 'action-date') or ''} {_text(meta, 'action-time') or ''}".strip()
    at = moment(written, "%d-%b-%Y %I:%M %p", "%d-%b-%Y %H:%M")
    day = at.astimezone(WASHINGTON).date() if at else _day(_text(meta, "action-date"))
    totals = meta.find("vote-totals")
    if totals is None:
        raise DocumentRefused("lacks vote-totals")
    candidates = _candidates(totals)
    kind, issue, question = _text(meta, "vote-type"), _text(meta, "legis-num"), _text(meta, "vote-question")
    form = "election" if candidates else "quorum" if _is_quorum(kind, issue, question) else "vote"
    voters = tuple(_voters(data, election=bool(candidates)))
    refuse_crowd(len(voters))
    record = RollCallRecord(
        chamber="house",
        congress=congress,
        session=session,
        number=number,
        year=session_year(congress, session),
        on=day.isoformat(),
        at=at,
        question=question or "No question is printed",
        kind=kind,
        form=form,
        result=_text(meta, "vote-result") or "",
        threshold=None if form != "vote" else "2/3" if (kind or "").startswith("2/3") else "1/2",
        title=_text(meta, "vote-desc"),
        matters=_matters(meta, issue, congress),
        printed=_printed(totals),
        printed_by_party=_by_party(totals),
        candidates=candidates,
        voters=voters,
        amendment_author=_text(meta, "amendment-author"),
        vacated=_VACATED in body,
    )
    refuse_unlike(record, expected)
    return record


def _without_doctype(body: bytes) -> bytes:
    """The body without a document type that declares nothing of its own; one that does is left for the reader to refuse."""
    return _DOCTYPE.sub(b"", body[:_PROLOG_BYTES], count=1) + body[_PROLOG_BYTES:]


def _text(node: etree._Element, name: str) -> str | None:
    return text_of(node.findtext(name))


def _session(written: str | None) -> int:
    found = _SESSION.fullmatch(written or "")
    if found is None:
        raise DocumentRefused(f"session: {(written or '')[:40]!r} is none")
    return int(found[1])


def _day(written: str | None) -> date:
    at = moment(written or "", "%d-%b-%Y")
    if at is None:
        raise DocumentRefused(f"action-date: {(written or '')[:40]!r} is no day")
    return at.astimezone(WASHINGTON).date()


def _is_quorum(kind: str | None, issue: str | None, question: str | None) -> bool:
    return (
        "QUORUM" in (kind or "").upper()
        or (issue or "").upper() == "QUORUM"
        or (question or "").casefold().startswith(("call of the house", "quorum", "call by states"))
    )


def _matters(meta: etree._Element, issue: str | None, congress: int) -> tuple[MatterRecord, ...]:
    if (issue or "").upper() in _ABOUT_NO_MEASURE:
        return ()
    amendment = _text(meta, "amendment-num")
    name = f"{issue}, amendment {amendment}" if amendment else issue or ""
    return (MatterRecord(name=name, measure=measure_named(issue, congress)),)


def _tally(node: etree._Element | None) -> Tally:
    if node is None:
        return Tally()
    yea, nay, present, absent = (
        count(_text(node, f"{name}-total"), f"{name}-total")
        for name in ("yea", "nay", "present", "not-voting")
    )
    return Tally(yea, nay, present, absent)


def _printed(totals: etree._Element) -> Tally:
    """The printed totals; elections print "Present" and "Not Voting" among their candidates."""
    for_none = {PRESENT: 0, NOT_VOTING: 0}
    for node in totals.iterfind("totals-by-candidate"):
        position = position_of(_text(node, "candidate") or "")
        if position in for_none:
            for_none[position] = count(_text(node, "candidate-total"), "candidate-total")
    return _tally(totals.find("totals-by-vote")) if not any(for_none.values()) else Tally(**for_none)


def _by_party(totals: etree._Element) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for node in totals.iterfind("totals-by-party"):
        letter = party_letter(_text(node, "party"))
        if letter:
            found[letter] = _tally(node)
    return found


def _candidates(totals: etree._Element) -> dict[str, int]:
    """Printed totals of an election; "Present" and "Not Voting", printed among the candidates, are left to `printed`."""
    found: dict[str, int] = {}
    for node in totals.iterfind("totals-by-candidate"):
        name = _text(node, "candidate")
        if name and position_of(name, election=True) == "candidate":
            found[name] = count(_text(node, "candidate-total"), "candidate-total")
    return found


def _voters(data: etree._Element, *, election: bool) -> list[VoterRecord]:
    found = []
    for row in data.iterfind("recorded-vote"):
        who = row.find("legislator")
        cast = _text(row, "vote")
        name = text_of(who.text) if who is not None else None
        if who is None or cast is None or name is None:
            raise DocumentRefused("a recorded-vote lacks its member or its vote")
        found.append(
            VoterRecord(
                text_of(who.get("name-id")),
                name,
                party_letter(text_of(who.get("party"))),
                text_of(who.get("state")),
                cast,
                position_of(cast, election=election),
            )
        )
    return found
